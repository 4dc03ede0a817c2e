"""German function words: they carry no content and are never searched for."""

STOP_WORDS = frozenset(
    """
ab aber alle allem allen aller alles als also am an ander andere anderem anderen anderer anderes ans auch auf aufs
aus außer außerdem beim bei beide beiden beim bereits besonders bevor bin bis bisher bitte bloß brauche braucht
brauchen bzw da dabei dadurch dafür dagegen daher dahin damals damit danach daneben dann daran darauf daraus darf
darfst darin darüber darum darunter das dass davon davor dazu dein deine deinem deinen deiner dem demnach den denen
denn dennoch der deren derer derjenige derselbe des deshalb dessen desto deswegen dich die dies diese dieselbe diesem
diesen dieser dieses dir doch dort du durch durfte durften dürfen dürft dürfte dürften eben ebenfalls ebenso
eigentlich ein eine einem einen einer eines einfach einige einigem einigen einiger einiges einmal er erst es etwa
etwas euch euer eure eurem euren eurer falls fast für fürs gab ganz gar geben gegen geht gemäß genau genauso gerade
gern gerne gewesen gibt ging habe haben habt halt hast hat hatte hatten hättest hätte hätten her hier hin hinter hinzu
ich ihm ihn ihnen ihr ihre ihrem ihren ihrer ihres im immer in indem ins innerhalb insbesondere insgesamt irgend
irgendein irgendeine irgendwas irgendwie ist ja jede jedem jeden jeder jederzeit jedes jedoch jemand jene jenem jenen
jener jenes jetzt kann kannst kaum kein keine keinem keinen keiner keines könnt könnte könnten können konnte konnten
lassen lässt laut machen macht mal man manche manchem manchen mancher manches mehr mein meine meinem meinen meiner
meist mich mir mit mittels möchte möchten mögen mögt muss musst müssen müsste müssten musste mussten nach nachdem
nämlich neben nein nicht nichts noch nun nur ob oben oder ohne per pro schon sehr sei seid seien sein seine seinem
seinen seiner seines seit seitdem selber selbst sich sie sind so sobald sodass sofern sogar solange solch solche
solchem solchen solcher solches soll sollen sollst sollt sollte sollten somit sondern sonst soweit sowie sowohl statt
stets trotz tun tut über überhaupt übrigens um und uns unser unsere unserem unseren unserer unter usw vom von vor
vorher während wann war warst waren wäre wären warum was wegen weil weitere weiteren weiterer weiteres welche welchem
welchen welcher welches wem wen wenn wer werde werden werdet wessen wie wieder wieso wir wird wirst wo wobei wodurch
wofür wogegen woher wohin wohl wollen wollt wollte wollten womit wonach woran worauf woraus worin worüber worum
wovon wovor wozu wurde wurden würde würden zu zudem zuerst zum zunächst zur zwar zwischen
gilt gelten eigener eigene eigenen eigenes inzwischen überhaupt jeweils derzeit wollten gegenüber hinsichtlich
ei oh ach hallo guten tag danke sagen sagt steht stehen heißt heisst heißen
""".split()
)
