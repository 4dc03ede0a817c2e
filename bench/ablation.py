"""What each step of the search brings, on the development questions.

    python -m bench.ablation [FILE.jsonl]

Each row adds one step to the row above. The first two are FTS5 as it comes, over raw text and over stems.
"""

import sqlite3
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from desktop.evaluate import MRR_DEPTH, Question, read_questions
from desktop.library import Library
from desktop.paths import find_paths
from desktop.start import make_encoder
from guidelines_db.analysis import content_terms, words_of
from guidelines_db.compounds import CompoundSplitter
from guidelines_db.glossary import GLOSSARY_FILE, Glossary
from guidelines_db.index_reader import IndexReader
from guidelines_db.places import Gazetteer
from guidelines_db.search import Searcher, Weights

QUESTIONS = Path(__file__).parent.parent / "tests" / "data" / "questions-dev.jsonl"
DEPTHS = (1, 3, 10)
LIMIT = 20

Section = tuple[str, str]
Rank = Callable[[str], Sequence[Section]]


def figures(name: str, questions: Sequence[Question], rank: Rank) -> None:
    """Print hit@k and MRR of one row."""
    best = []
    for question in questions:
        sections = list(dict.fromkeys(rank(question.text)))[:MRR_DEPTH]
        best.append(next((place for place, one in enumerate(sections, 1) if one in question.gold), 0))
    hits = "".join(f"{sum(0 < place <= depth for place in best) / len(best):8.3f}" for depth in DEPTHS)
    print(f"{name:34}{hits}{sum(1 / place for place in best if place) / len(best):8.3f}", flush=True)


def plain_fts(reader: IndexReader, read: Callable[[str], list[str]]) -> Rank:
    """Return a ranking by FTS5's own bm25 over what ``read`` makes of texts and questions."""
    memory = sqlite3.connect(":memory:")
    memory.execute("CREATE VIRTUAL TABLE found USING fts5(document UNINDEXED, section UNINDEXED, body)")
    for _, info in reader.documents():
        for heading, _, text in reader.sections(info.collection, info.id):
            body = " ".join(read(f"{info.publisher} {info.title} {heading} {text}"))
            memory.execute("INSERT INTO found VALUES (?, ?, ?)", (info.id, heading, body))

    def rank(question: str) -> Sequence[Section]:
        terms = " OR ".join(f'"{term}"' for term in dict.fromkeys(read(question)))
        sql = f"SELECT document, section FROM found WHERE found MATCH ? ORDER BY rank LIMIT {LIMIT}"
        return memory.execute(sql, (terms,)).fetchall() if terms else []

    return rank


def by_searcher(searcher: Searcher) -> Rank:
    """Return the ranking of a search."""

    def rank(question: str) -> Sequence[Section]:
        hits = searcher.search(question, limit=LIMIT).hits
        return [(hit.document.id, hit.section) for hit in hits]

    return rank


def main(arguments: Sequence[str] = ()) -> int:
    """Print the table."""
    file = Path(arguments[0]) if arguments else QUESTIONS
    questions = [question for question in read_questions(file) if question.answerable and question.gold]
    paths = find_paths()
    encoder = make_encoder(paths)
    library = Library(paths, encoder)
    reader, gazetteer = library.shipped, Gazetteer()
    unasked = Weights(asked=0)
    bare = replace(unasked, place=0, other_place=0, same_document=0)
    no_glossary, glossary = Glossary(()), Glossary((GLOSSARY_FILE,))

    def text_search(words: Glossary, weights: Weights, *, compounds: bool) -> Searcher:
        searcher = Searcher([reader], words, gazetteer, None, weights)
        if not compounds:
            whole = CompoundSplitter({})
            searcher.tools = replace(searcher.tools, splitter=whole, correct=lambda _: "")
        return searcher

    print(f"{'':34}{''.join(f'   hit@{depth}' for depth in DEPTHS)}     MRR   ({len(questions)} questions)")
    try:
        figures("FTS5 as it comes", questions, plain_fts(reader, lambda text: list(words_of(text))))
        figures("+ stems, stop words, references", questions, plain_fts(reader, content_terms))
        figures("+ fields (BM25F)", questions, by_searcher(text_search(no_glossary, bare, compounds=False)))
        figures(
            "+ compounds, spelling", questions, by_searcher(text_search(no_glossary, bare, compounds=True))
        )
        figures("+ glossary", questions, by_searcher(text_search(glossary, bare, compounds=True)))
        if encoder is not None:
            figures(
                "+ vectors", questions, by_searcher(Searcher([reader], glossary, gazetteer, encoder, bare))
            )
            figures(
                "+ places, spread",
                questions,
                by_searcher(Searcher([reader], glossary, gazetteer, encoder, unasked)),
            )
            figures(
                "+ typical questions",
                questions,
                by_searcher(Searcher([reader], glossary, gazetteer, encoder)),
            )
    finally:
        library.close()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
