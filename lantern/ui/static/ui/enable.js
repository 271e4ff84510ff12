// Says to the style sheets that scripts run; the design system's own inline line, as a file for the strict policy.
document.body.classList.add("js-enabled");
if ("noModule" in HTMLScriptElement.prototype) document.body.classList.add("govuk-frontend-supported");
