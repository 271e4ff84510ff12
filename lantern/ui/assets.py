"""Makes the static files of the design system from the packages npm installed.

GOV.UK Frontend and MOJ Frontend are served by us, without the crown and without the GDS Transport font (its licence
is for services on GOV.UK alone): the font faces are cut out of the style sheets and the system font takes their place.
"""

import re
import shutil
from pathlib import Path

SYSTEM_FONT = 'system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",arial,sans-serif'

_FONT_FACE = re.compile(r"@font-face\{[^}]*\}")
_GDS_FONT = re.compile(r'"?GDS Transport"?,arial,sans-serif')
_CREST = re.compile(r'[\w-]+:url\("?/assets/images/govuk-crest\.svg"?\)[^;}]*;?')
_IMAGE = re.compile(r"url\(\"?/assets/images/([\w.-]+)\"?\)")
_SOURCE_MAP = re.compile(r"(//|/\*)# sourceMappingURL=\S+?(\s*\*/)?\s*$")

GOVUK = "govuk-frontend/dist/govuk"
MOJ = "@ministryofjustice/frontend/moj"


def build(node_modules: Path, out: Path) -> list[Path]:
    """Write the style sheets, scripts and images the pages need into `out`; give the files written.

    Raises FileNotFoundError when `node_modules` lacks a package.
    """
    shutil.rmtree(out, ignore_errors=True)
    out.mkdir(parents=True)
    styles = {
        "govuk-frontend.min.css": node_modules / GOVUK / "govuk-frontend.min.css",
        "moj-frontend.min.css": node_modules / MOJ / "moj-frontend.min.css",
    }
    scripts = {
        "govuk-frontend.min.js": node_modules / GOVUK / "govuk-frontend.min.js",
        "moj-frontend.min.js": node_modules / MOJ / "moj-frontend.min.js",
    }
    images: set[str] = set()
    for name, source in styles.items():
        css = without_gds_identity(source.read_text("utf-8"))
        images.update(_IMAGE.findall(css))
        (out / name).write_text(_IMAGE.sub(r"url(images/\1)", css), "utf-8")
    for name, source in scripts.items():
        (out / name).write_text(_SOURCE_MAP.sub("", source.read_text("utf-8")), "utf-8")
    (out / "images").mkdir()
    for image in sorted(images):
        shutil.copyfile(_image(node_modules, image), out / "images" / image)
    return sorted(path for path in out.rglob("*") if path.is_file())


def without_gds_identity(css: str) -> str:
    """The style sheet with the system font, and without the font faces, the crest and the source map."""
    css = _FONT_FACE.sub("", css)
    css = _GDS_FONT.sub(SYSTEM_FONT, css)
    css = _CREST.sub("", css)
    return _SOURCE_MAP.sub("", css)


def _image(node_modules: Path, name: str) -> Path:
    folders = [node_modules / GOVUK / "assets/images", node_modules / MOJ / "assets/images"]
    for folder in folders:
        if (folder / name).exists():
            return folder / name
    raise FileNotFoundError(f"{name} is in none of {', '.join(str(folder) for folder in folders)}")
