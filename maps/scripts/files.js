// Hand out a file that the page carries; nothing is fetched.
(function (pk) {
  pk.download = function (name, type, content) {
    const address = URL.createObjectURL(new Blob([content], { type }));
    const link = pk.el("a", { href: address, download: name });
    document.body.append(link);
    link.click();
    link.remove();
    setTimeout(() => URL.revokeObjectURL(address), 60000);
  };
})(plankontor);
