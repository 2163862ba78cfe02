// The same page in the other language: it is packed in this file and opens by the address.
(function (pk) {
  const languages = document.getElementById("languages");
  languages.hidden = !("DecompressionStream" in window);
  languages.addEventListener("click", (event) => {
    event.preventDefault();
    pk.keepInAddress({ settings: { lang: event.target.hreflang } });
    location.reload();
  });
})(plankontor);
