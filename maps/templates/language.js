// The same page in the other language: it is packed in this file, and the address opens it.
(function () {
  const parts = () => location.hash.slice(1).split("&").filter((part) => part !== "");
  const language = () => parts().find((part) => part.startsWith("lang="));
  const opened = language();
  const links = document.getElementById("languages");
  links.hidden = !("DecompressionStream" in window);
  links.addEventListener("click", (event) => {
    const link = event.target.closest("a");
    if (link === null || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    location.hash = [...parts().filter((part) => !part.startsWith("lang=")), "lang=" + link.hreflang].join("&");
  });
  window.addEventListener("hashchange", () => {
    if (language() === opened) return;
    if (typeof plankontor === "object") history.replaceState({ arrangement: plankontor.arrangement() }, "");
    location.reload();
  });
})();
