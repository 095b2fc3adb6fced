"""The page and the API that check footnotes: pasted text, Word documents, limits, and what the marks say."""

import io
import sys
import zipfile
from dataclasses import replace

import docx
import pytest
from lxml import html
from werkzeug.datastructures import FileStorage
from werkzeug.test import encode_multipart

from tests.webapp.conftest import ReadingClient
from webapp import create_app
from webapp.drafts import MAX_UPLOAD, text_of_word

TEXT = "One reads that “the working party asked Jordan about evidence” (WP/2010/7, para 5). Also WP/2010/7, para 99."
WORDS = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def ask(client, **fields):
    boundary, body = encode_multipart(fields)
    kind = f"multipart/form-data; boundary={boundary}"
    answer = client.post("/check", data=body, content_type=kind, headers={"Sec-Fetch-Site": "same-origin"})
    return answer, html.fromstring(answer.text)


def upload(content, name):
    return FileStorage(io.BytesIO(content), name)


def paper(*paragraphs, notes=()):
    """A Word document; `|` in a paragraph calls the next note."""
    document = docx.Document()
    number = 0
    for text in paragraphs:
        paragraph = document.add_paragraph()
        for at, run in enumerate(text.split("|")):
            if at:
                number += 1
                reference = paragraph.add_run()._r.makeelement(
                    f"{{{WORDS}}}footnoteReference", {f"{{{WORDS}}}id": str(number)}
                )
                paragraph.runs[-1]._r.append(reference)
            paragraph.add_run(run)
    plain = io.BytesIO()
    document.save(plain)
    return with_notes(plain.getvalue(), notes)


def with_notes(content, notes):
    """The document with a part of footnotes."""
    body = "".join(
        f'<w:footnote w:id="{number}"><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:footnote>'
        for number, text in enumerate(notes, start=1)
    )
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"
    form = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
    added = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(added, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            if name == "word/_rels/document.xml.rels":
                entry = f'<Relationship Id="rIdNotes" Type="{kind}" Target="footnotes.xml"/></Relationships>'
                data = data.replace(b"</Relationships>", entry.encode())
            if name == "[Content_Types].xml":
                entry = f'<Override PartName="/word/footnotes.xml" ContentType="{form}"/></Types>'
                data = data.replace(b"</Types>", entry.encode())
            new.writestr(name, data)
        new.writestr("word/footnotes.xml", f'<w:footnotes xmlns:w="{WORDS}">{body}</w:footnotes>')
    return added.getvalue()


def test_the_form_works_without_script(page):
    form = page("/check").xpath("//main//form")[0]
    assert (form.get("method"), form.get("action"), form.get("enctype")) == ("post", "/check", "multipart/form-data")
    for field in form.xpath(".//textarea | .//input"):
        assert form.xpath(f".//label[@for='{field.get('id')}']"), field.get("name")
    assert page("/check").xpath("//nav//a[@href='/check']/@aria-current") == ["page"]


def test_the_text_comes_back_with_its_marks(client):
    answer, shown = ask(client, text=TEXT)
    assert answer.status_code == 200
    draft = shown.xpath("//div[@class='draft']")[0]
    assert [mark.get("class") for mark in draft.xpath("./mark")] == ["found", "found", "wrong_pinpoint"]
    for number in draft.xpath(".//sup"):
        number.drop_tree()
    assert draft.text_content() == TEXT
    assert shown.xpath("//li[@id='finding-1']//a/@href")[-1] == "/passages/report-2010/para-5"
    assert shown.xpath("//ul[@class='tally']/li/mark/text()") == ["Found", "Wrong pinpoint"]
    targets = {f"#{identifier}" for identifier in shown.xpath("//@id")}
    assert set(shown.xpath("//main//a[starts-with(@href, '#')]/@href")) <= targets


def test_differences_are_marked_as_such(client):
    _, shown = ask(client, text=TEXT.replace("asked Jordan", "begged Jordan"))
    quoted = shown.xpath("//li[@id='finding-1']//blockquote")[0]
    assert quoted.xpath("string(del)") == "written: begged"
    assert quoted.xpath("string(ins)") == "in the passage: asked"


def test_markup_in_a_text_stays_text(client):
    answer, _ = ask(client, text="“one <script>two</script> three four” (WP/2010/7, para 5)")
    assert "<script>two" not in answer.text


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"text": "  "}, "Not checked: there is no text to check."),
        ({"text": "a" * 200_001}, "200,001 characters; at most 200,000"),
        ({"file": upload(b"%PDF-1.4", "paper.pdf")}, "paper.pdf is no Word document"),
        ({"file": upload(b"PK\x03\x04 broken", "paper.docx")}, "paper.docx: is damaged"),
        ({"file": upload(b"PK" + b"0" * MAX_UPLOAD, "paper.docx")}, "paper.docx has more than 10 MB"),
        ({"text": "a" * 2_000_000}, "too much to check at once"),
    ],
)
def test_what_cannot_be_checked_is_told_above_the_form(client, fields, message):
    answer, shown = ask(client, **fields)
    assert answer.status_code == 400
    assert message in shown.xpath("string(//div[@role='alert'])")
    assert shown.xpath("//textarea[@name='text']")


def test_a_text_without_citations_says_what_one_is(client):
    _, shown = ask(client, text="Nothing is cited here.")
    assert "No citation" in shown.xpath("string(//h2[@id='outcome'])")


def test_a_word_document_is_read_with_its_footnotes(client):
    content = paper(
        "One reads that “the working party asked Jordan about evidence”.| Then nothing.",
        "Evidence may be shared.|",
        notes=["WP/2010/7, para 6.", "Model Law on Shared Evidence, art 1(1)."],
    )
    assert text_of_word(content, "paper.docx", 500).endswith("[^2]: Model Law on Shared Evidence, art 1(1).")
    answer, shown = ask(client, file=upload(content, "paper.docx"))
    assert answer.status_code == 200
    verdicts = [item.get("class") for item in shown.xpath("//ol[@class='findings']/li")]
    assert verdicts == ["wrong_pinpoint", "found"]
    assert shown.xpath("//li[@id='finding-1']/p[@class='source']/a/@href")[0].startswith("/passages/report-2010/para-")
    assert shown.xpath("//li[@id='finding-2']/p[@class='source']/a/@href") == ["/passages/model-law/art-1-1"]


def test_a_word_document_without_notes_is_read(client):
    answer, shown = ask(client, file=upload(paper("See WP/2010/7, para 5."), "paper.docx"))
    assert answer.status_code == 200
    assert [item.get("class") for item in shown.xpath("//ol[@class='findings']/li")] == ["found"]


@pytest.mark.skipif(sys.platform != "linux", reason="limits of memory are those of Linux")
@pytest.mark.parametrize(
    ("limits", "reason"), [((0, 500), "in 0 seconds"), ((20, 40), "needed more than 40 MB of memory")]
)
def test_a_word_document_that_costs_too_much_is_named(web_settings, library, monkeypatch, limits, reason):
    """It is read by another process, and the server goes on."""
    seconds, megabytes = limits
    monkeypatch.setattr("webapp.drafts.SECONDS", seconds)
    app = create_app(replace(web_settings, reader_memory=megabytes), library=library)
    client = ReadingClient(app, app.response_class)
    bomb = paper(*["word " * 20_000] * 60)
    answer, shown = ask(client, file=upload(bomb, "paper.docx"))
    assert answer.status_code == 400
    told = shown.xpath("string(//div[@role='alert'])")
    assert "paper.docx: " in told
    assert reason in told
    assert ask(client, text=TEXT)[0].status_code == 200


def test_the_api_gives_the_same(client):
    answer = client.post("/api/v1/check", json={"text": TEXT}).json
    first, second = answer["findings"]
    assert (first["verdict"], first["passage"]) == ("found", "report-2010/para-5")
    assert first["url"] == "http://localhost/passages/report-2010/para-5"
    assert TEXT[slice(*first["quotation"])] == "the working party asked Jordan about evidence"
    assert (second["verdict"], second["reason"], second["passage"]) == ("wrong_pinpoint", "no_such_place", None)
    assert answer["counts"] == {"found": 1, "wrong_pinpoint": 1, "quotation_differs": 0, "not_in_library": 0}
    described = client.get("/api/v1/openapi.json").json["components"]["schemas"]
    assert described["Check"]["required"] == list(described["Check"]["properties"])
    assert set(described["Check"]["required"]) == set(answer)
    assert described["Finding"]["required"] == list(described["Finding"]["properties"]) == list(first)


@pytest.mark.parametrize(
    "body",
    [b"", b"{", b"[]", b'"text"', b'{"text": 4}', b'{"text": null}', b'{"text": ""}', b'{"text": "\\u0000 \\ud800"}'],
)
def test_the_api_refuses_what_it_cannot_read(client, body):
    answer = client.post("/api/v1/check", data=body, content_type="application/json")
    assert answer.status_code in {200, 400}
    assert ("error" in answer.json) == (answer.status_code == 400)
