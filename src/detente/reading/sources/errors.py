"""Why an input was set aside: one class and one code for each cause.

    InputError D200
    ├── where it is      MissingInput D201  EmptyFolder D202  EmptyInput D203  UnreadableInput D207  FolderLoop D208
    ├── what it is       BinaryInput D204  UnknownEncoding D205  TooLarge D206  UnreadKind D209  OtherLanguage D225
    ├── pages            NoArticle D210  PaywallStub D211
    ├── PDF, packed      BrokenPdf D212  EncryptedPdf D213  ScannedPdf D214  InflatesTooFar D215  BrokenArchive D216
    │                    EncryptedArchive D227  BrokenWarc D226  BrokenMail D229
    ├── tables, feeds    MissingColumn D217  BrokenLine D218  NotAFeed D219  LinkOnly D220  BadDate D224
    ├── the network      PrivateAddress D221  TooManyRedirects D222  FetchFailed D223
    └── a part of ours   SourceFailed D299

Where each message is worded is where the cause is found. The overrides of a run (`--published`) are wrong use, not bad
input: those raise UsageError.
"""

from __future__ import annotations

from detente.errors import InputError


class MissingInput(InputError):
    """Nothing is there: no such file, no file that fits the pattern."""

    code = "D201"


class EmptyFolder(InputError):
    """A folder or an archive without a single article."""

    code = "D202"


class EmptyInput(InputError):
    """Nothing in it, or nothing but space."""

    code = "D203"


class BinaryInput(InputError):
    """Bytes that are no text in any encoding, and no kind of file that is read."""

    code = "D204"


class UnknownEncoding(InputError):
    """Text in an encoding that cannot be told, or in so many that it cannot be mended."""

    code = "D205"


class TooLarge(InputError):
    """Over the size that is read."""

    code = "D206"


class UnreadableInput(InputError):
    """It is there and may not, or cannot, be opened."""

    code = "D207"


class FolderLoop(InputError):
    """A link that leads back to a folder it lies in."""

    code = "D208"


class UnreadKind(InputError):
    """A file of a kind that is not read unless named on its own."""

    code = "D209"


class NoArticle(InputError):
    """A page, a message or a document in which no running text was found."""

    code = "D210"


class PaywallStub(InputError):
    """The opening lines of an article that is shown to subscribers only."""

    code = "D211"


class BrokenPdf(InputError):
    """A PDF that cannot be taken apart."""

    code = "D212"


class EncryptedPdf(InputError):
    """A PDF that asks for a password."""

    code = "D213"


class ScannedPdf(InputError):
    """A PDF that holds pictures of pages and no text."""

    code = "D214"


class InflatesTooFar(InputError):
    """A packed file that would unpack to more than its budget."""

    code = "D215"


class BrokenArchive(InputError):
    """A zip, gzip or Word file that cannot be unpacked."""

    code = "D216"


class MissingColumn(InputError):
    """A table or a line without the column that was asked for."""

    code = "D217"


class BrokenLine(InputError):
    """A line of JSON, or a row of a table, that cannot be taken apart."""

    code = "D218"


class NotAFeed(InputError):
    """Called a feed, and is something else or empty."""

    code = "D219"


class LinkOnly(InputError):
    """An entry of a feed that holds a link and no article, where links are not followed."""

    code = "D220"


class PrivateAddress(InputError):
    """A URL, or a redirect, that leads into a private network or to this machine."""

    code = "D221"


class TooManyRedirects(InputError):
    """A URL that is passed on and on."""

    code = "D222"


class FetchFailed(InputError):
    """The network or the server gave no page."""

    code = "D223"


class BadDate(InputError):
    """A stated date of publication that is no date. The article is read without it."""

    code = "D224"


class OtherLanguage(InputError):
    """A language that is not yet read."""

    code = "D225"


class BrokenWarc(InputError):
    """A web archive whose records cannot be told apart."""

    code = "D226"


class EncryptedArchive(InputError):
    """A member of an archive that asks for a password."""

    code = "D227"


class BrokenMail(InputError):
    """An e-mail that cannot be taken apart."""

    code = "D229"


class SourceFailed(InputError):
    """A part of ours, or a library it uses, stumbled. A bug."""

    code = "D299"


def stumbled(uri: str, error: Exception) -> SourceFailed:
    """The error for what should not have happened."""
    return SourceFailed(
        f"the source failed on {uri}",
        value=f"{type(error).__name__}: {error}"[:300],
        expected="any input to be read or set aside with its reason",
        todo="report this with the file; the others were read",
    )
