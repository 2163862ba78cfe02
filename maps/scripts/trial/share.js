// Hand a trial on: as an address, as a mail, as a copy of the page that opens with the changes in it.
import { byId, field } from "../base/dom.js";
import { download } from "../base/files.js";
import { number, said } from "../base/format.js";
import { announce, trying } from "./trial.js";

// The page as it was written, but for what its last script is: nothing is drawn yet when this is read.
// eslint-disable-next-line no-restricted-properties -- markup is read here, never set
const asOpened = document.documentElement.outerHTML;
const MOST = 30; // changes told in a mail: programs cut longer ones
const LAST = /<\/body>\s*<\/html>\s*$/;

const fragment = () => location.hash;
const file = () => decodeURIComponent(location.pathname.split("/").pop() || "report.html");

/** The address whole where others can open it; of a file only what comes after its name. */
const address = () => (location.protocol.startsWith("http")
  ? location.href
  : said("trial.share_how", { file: file() }) + "\n" + fragment());

/** The text is shown too: not every viewer lets a page write to the clipboard. @type {(text: string, label: string, done: string, not: string) => void} */
export function copyShown(text, label, done, not) {
  const box = field("trial-pins-text");
  box.value = text;
  byId("trial-pins-label").textContent = label;
  byId("trial-pins-box").hidden = false;
  box.focus({ preventScroll: true });
  box.select();
  if (navigator.clipboard) navigator.clipboard.writeText(text).then(() => announce(done), () => announce(not));
  else announce(not);
}

/** Copy the address, with one line that says what to do with it. */
export function copyLink() {
  copyShown(address(), said("trial.link_label"), said("trial.link_copied"), said("trial.link_not_copied"));
}

/** What a mail says: the changes in words, the sum, and how to see it. */
export function mailText() {
  const { lines, sum } = trying.told();
  const more = lines.length > MOST ? [said("trial.mail_more", { n: number(lines.length - MOST) })] : [];
  return [said("trial.mail_intro", { title: document.title }), "", ...lines.slice(0, MOST).map((line) => "- " + line), ...more, "", sum, "", address()].join("\n");
}

/** Open a mail with the changes in words. */
export function mail() {
  location.href = `mailto:?subject=${encodeURIComponent(said("trial.mail_subject", { title: document.title }))}&body=${encodeURIComponent(mailText())}`;
}

/** A copy of the page that opens with these changes, unless its address asks for something else. */
export function changedPage() {
  const last = [...document.scripts].pop();
  // No script of its own: the page's policy names those that may run.
  const first = `<meta name="opens-at" content="${encodeURI(fragment()).replace(/["&<]/g, (sign) => `&#${sign.charCodeAt(0)};`)}">`;
  const end = `<script>${last?.textContent ?? ""}</script>\n</body>\n</html>\n`;
  return "<!DOCTYPE html>\n" + asOpened.replace("<head>", () => "<head>\n" + first).replace(LAST, () => end);
}

/** Save it. */
export function savePage() {
  const name = file().replace(/(-endret)?(\.html?)?$/, "-endret.html");
  download(name, "text/html;charset=utf-8", changedPage());
  announce(said("trial.saved_page", { file: name }));
}
