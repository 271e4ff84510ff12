// Enhancement only: every page works without this file.
import {
  Button, Checkboxes, ErrorSummary, ExitThisPage, NotificationBanner, Radios, ServiceNavigation, SkipLink, createAll,
} from "../frontend/govuk-frontend.min.js";
import { SortableTable } from "../frontend/moj-frontend.min.js";

for (const component of [
  Button, Checkboxes, ErrorSummary, ExitThisPage, NotificationBanner, Radios, ServiceNavigation, SkipLink,
]) {
  createAll(component);
}
createAll(SortableTable);

// A page that shows what is due is only right for a little while. It is fetched again on a screen that nobody is using;
// once somebody has touched it, it stays as it is until they ask.
const fresh = document.querySelector("[data-refresh-seconds]");
if (fresh) {
  let touched = false;
  for (const kind of ["keydown", "pointerdown", "wheel", "touchstart"]) {
    window.addEventListener(kind, () => { touched = true; }, { passive: true });
  }
  window.setInterval(() => { if (!touched) window.location.reload(); }, Number(fresh.dataset.refreshSeconds) * 1000);
}

// Printing is offered only where it can be done.
for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}
