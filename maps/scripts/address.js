// The address keeps the choice: "#5540" for a municipality, "#fylke=55" for a setting, "#5540&fylke=55" for both.
// With it goes the arrangement, so that whoever loads the page again goes on where it was.
(function (pk) {
  pk.readAddress = function () {
    const parts = location.hash.slice(1).split("&");
    const settings = new Map(parts.filter((part) => part.includes("=")).map((part) => part.split("=")));
    const [first] = parts.filter((part) => part !== "" && !part.includes("="));
    const member = first !== undefined && pk.members.has(first);
    const known = first === undefined || member || document.getElementById(first) !== null;
    return { id: member ? first : null, unknown: known ? null : first, settings };
  };

  const { id, settings } = pk.readAddress();
  const kept = { id, settings };
  let due = false;

  pk.keepInAddress = function (change) {
    if ("id" in change) kept.id = change.id;
    for (const [name, value] of Object.entries(change.settings || {})) {
      if (value === "") kept.settings.delete(name);
      else kept.settings.set(name, value);
    }
    if (!due) queueMicrotask(write);
    due = true;
  };

  // An address with a slip in it opens the page all the same, and says so.
  pk.notFound = function (key, written) {
    let value = written;
    try {
      value = decodeURIComponent(written);
    } catch (error) {
      // Not every text with a percent sign is an encoded one.
    }
    document.getElementById("address-note").append(pk.el("span", null, pk.text(key, { value: value.slice(0, 40) })), " ");
  };

  // The county that an address asks for, if the page knows it.
  pk.countyIn = function (asked) {
    const county = asked.get("fylke") || "";
    if (county === "" || Object.hasOwn(pk.source.counties, county)) return county;
    pk.notFound("no_county", county);
    return "";
  };

  // Once for all that changes together: browsers slow down, or refuse, who writes the address too often.
  function write() {
    due = false;
    const parts = [...(kept.id === null ? [] : [kept.id]), ...[...kept.settings].map(([name, value]) => name + "=" + value)];
    const address = location.href.split("#")[0];
    try {
      history.replaceState({ arrangement: pk.arrangement() }, "", parts.length ? address + "#" + parts.join("&") : address);
    } catch (error) {
      // Some viewers show the page from memory, where it has no address.
    }
  }
})(plankontor);
