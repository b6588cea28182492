"""What ``make bench`` measures, stage by stage; each yields its rows as it has them."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from pathlib import Path

from tests.benchmarks import book, personal
from tests.benchmarks.articles import make_tree
from tests.benchmarks.corpus import DAY, SAMPLE, Corpus
from tests.benchmarks.measure import Spent, timed
from tests.benchmarks.pages import our_loop, publications, write_pages
from tests.benchmarks.rows import KILOBYTES, MEGABYTES, MILLISECONDS, Row

LOOPED = 100
"""Articles that WeasyPrint is given in a bare loop; what it takes for them is multiplied."""
COPIES = 200
LARGER = 10
"""How many times as many articles the build's memory is measured with again."""


def checks(corpus: Corpus) -> Iterator[Row]:
    """Checking, the first time and again."""
    lint = corpus.peers / "node_modules" / ".bin" / "markdownlint-cli2"
    corpus.say("markdownlint-cli2")
    theirs = timed([lint, "content/articles/*.md"], corpus.folder).wall
    cold = corpus.ours("check", "--jobs", "1", *DAY).wall
    yield Row("check, cold, one process", cold, theirs, 0.8, "markdownlint-cli2")
    again = corpus.ours("check", *DAY, again=True).wall
    yield Row("check, nothing changed", again, theirs, 0.05, "markdownlint-cli2")


def formats(corpus: Corpus) -> Iterator[Row]:
    """Each format, on two processors, against pandoc started for each file."""
    outputs = corpus.folder / "pandoc"
    outputs.mkdir()
    resources = ("--resource-path", corpus.content)
    engine_ = ("--pdf-engine", corpus.peers / "bin" / "weasyprint")
    peers: dict[str, float] = {}
    for name, more, target in (("html", ("-s",), 0.1), ("epub", (), 0.25), ("pdf", engine_, 0.14)):
        theirs = corpus.one_by_one(corpus.pandoc, *resources, *more, "articles/{}.md", "-o", outputs / f"{{}}.{name}")
        ours = corpus.ours_watched(name, "build", name, "--jobs", "2", "--out", f"only-{name}", *DAY).wall
        sample = min(SAMPLE, corpus.count)
        peer = f"pandoc once per file, {sample} files × {corpus.count / sample:g}"
        peers[name] = theirs.wall
        yield Row(f"{name}, two jobs, checks and proof included", ours, theirs.wall, target, peer)
        if name == "pdf":
            yield _beside_the_loop(corpus, ours)
            workers = max(corpus.peaks[name].workers.values(), default=0.0)
            yield Row("memory of the largest worker, PDF", workers, 200, 1.0, "200 MB", MEGABYTES)
            beside = corpus.ours("build", "epub", "--jobs", "2", "--out", "only-pdf", *DAY, again=True).wall
            yield Row("epub, two jobs, beside PDFs that are there", beside, peers["epub"], 0.25, peer)


def _beside_the_loop(corpus: Corpus, ours: float) -> Row:
    times = corpus.count / min(LOOPED, corpus.count)
    peer = f"bare WeasyPrint loop, {corpus.count / times:g} articles × {times:g}"
    return Row("pdf, two jobs, the whole build (clock)", ours, _bare(corpus).wall * times, 0.65, peer)


def _bare(corpus: Corpus) -> Spent:
    """What WeasyPrint takes in a bare loop for some articles; it is run once."""
    if corpus.loop is None:
        pages = corpus.folder / "pages"
        write_pages(publications(corpus.content, LOOPED), pages)
        corpus.say("bare WeasyPrint loop")
        command = [corpus.peers / "bin" / "python", Path(__file__).with_name("bare.py"), pages]
        said = subprocess.run(command, check=True, capture_output=True, text=True).stdout
        corpus.loop = Spent(*map(float, said.split()))
    return corpus.loop


def engine(corpus: Corpus) -> Iterator[Row]:
    """PDFs against WeasyPrint by itself."""
    processor = _bare(corpus).processor
    corpus.say("our loop over the same articles")
    made = publications(corpus.content, LOOPED)
    what = f"pdf, one job, mended and proven, {len(made)} articles (processor)"
    yield Row(what, our_loop(made), processor, 1.2, "bare WeasyPrint loop")
    one = corpus.files[0]
    page = corpus.folder / "pages" / f"{one.stem}.html"
    program = corpus.peers / "bin" / "weasyprint"
    theirs = timed([program, "-s", page.with_name("style.css"), page, corpus.folder / "one.pdf"], corpus.folder)
    ours = corpus.ours("build", "pdf", one, "--out", "one", *DAY)
    yield Row("one article, cold, built as PDF", ours.wall, theirs.wall, 1.2, "weasyprint command")


def again(corpus: Corpus) -> Iterator[Row]:
    """What it costs when little has changed, in three formats."""
    build = ("build", "all", "--out", "all", *DAY)
    corpus.ours(*build)
    unchanged = corpus.ours(*build, again=True)
    yield Row("nothing changed, three formats (processor)", unchanged.processor, 1.0, 1.0, "one second")
    file = corpus.files[-1]
    text = file.read_text("utf-8").replace("Keep the", "Hold the")
    alone = corpus.folder / "alone" / "content"
    make_tree(alone.parent, 1)
    (alone / "articles" / "move-0.md").write_text(text, "utf-8")
    render = corpus.ours("--content", alone, "build", "all", "--out", "alone/build", *DAY)
    corpus.before()
    file.write_text(text, "utf-8")
    changed = corpus.ours(*build, again=True)
    yield Row("one changed, over its own build", max(changed.wall - render.wall, 0), 1.0, 1.0, "one second")


def copies(corpus: Corpus) -> Iterator[Row]:
    """Personal copies of a handout, stamped and proven."""
    corpus.say(f"{COPIES} personal copies")
    alone, together = personal.costs(corpus.folder / "copies", COPIES)
    peer = f"as many handouts set one by one, 1 × {COPIES}"
    yield Row(
        f"{COPIES} personal copies (processor)",
        together * 1000,
        alone * COPIES * 1000,
        personal.SHARE,
        peer,
        MILLISECONDS,
    )


def books(corpus: Corpus) -> Iterator[Row]:
    """A book of 300 pages: as one document, and chapter by chapter."""
    folder = corpus.folder / "book"
    content, kept = book.make_book(folder, book.CHAPTERS), folder / "kept"
    corpus.say(f"a book as one document, without tags and with them, {book.TURNS} times in turn")
    bare, whole = book.tags_cost(content, kept)
    name = f"book of {whole.pages} pages"
    yield Row(f"{name}, tagged (processor)", whole.processor, bare.processor, book.TAGGED, "untagged")
    corpus.say("a book chapter by chapter")
    apart = book.cost(book.chaptered, content, kept)
    yield Row(f"{name}, by chapters, two jobs (clock)", apart.wall, whole.wall, book.SINGLE, "as one document")
    build = ("build", "pdf", "content/books", "--jobs", "2", *DAY)
    built = corpus.ours_watched("book", *build, folder=folder)
    yield Row(
        f"{name}, checked, set, proven and pictured (clock)",
        built.wall,
        whole.wall,
        1.0,
        "set as one document, no more",
    )
    book.change(content, book.CHAPTERS)
    changed = book.cost(book.chaptered, content, kept)
    yield Row(f"{name}, one chapter changed (clock)", changed.wall, whole.wall, book.CHANGED, "as one document")
    rebuilt = corpus.ours(*build, again=True, folder=folder)
    yield Row(f"{name}, one chapter changed, proven anew (clock)", rebuilt.wall, built.wall, 1.0, "the first build")
    yield Row("memory of a process that sets chapters", apart.memory, whole.memory, 1.0, "as one document", MEGABYTES)


def memory(corpus: Corpus) -> Iterator[Row]:
    """How the build's own process grows with the number of articles."""
    build = ("build", "html", "--jobs", "2", *DAY)
    if "html" not in corpus.peaks:
        corpus.ours_watched("html", *build, "--out", "only-html")
    folder, size = corpus.folder / "memory", corpus.count * LARGER
    make_tree(folder, size)
    corpus.ours_watched("many", *build, folder=folder)
    growth = (corpus.peaks["many"].own - corpus.peaks["html"].own) * 1024 / (size - corpus.count)
    what = f"memory of the build, {corpus.count} to {size} articles"
    yield Row(what, growth, 20, 1.0, "20 KB an article", KILOBYTES)
