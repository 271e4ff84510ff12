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

// A page that shows what is due is only right for a little while: offer the fresh one, never take a form away.
const fresh = document.querySelector("[data-refresh-seconds]");
if (fresh) {
  window.setTimeout(() => window.location.reload(), Number(fresh.dataset.refreshSeconds) * 1000);
}

// Printing is offered only where it can be done.
for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}
