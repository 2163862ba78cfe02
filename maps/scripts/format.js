"use strict";
// The page's own scripts share one object. All text is set as text, never as markup.
const plankontor = {};

(function (pk) {
  const source = pk.source = JSON.parse(document.getElementById("plan-data").textContent);
  const MEMBER = ["label", "name", "aliases", "county", "population", "centrality", "place", "host", "minutes", "planners", "need", "plannersEstimated", "crosses", "countyNumber", "needEstimated", "plannersLow", "plannersHigh"];
  const OFFICE = ["colour", "members", "planners", "need", "mean", "longest", "plannersEstimated", "needEstimated", "terms"];

  function rows(table, fields) {
    const read = new Map();
    for (const id of Object.keys(table)) {
      const row = { id };
      fields.forEach((field, i) => { row[field] = table[id][i]; });
      read.set(id, row);
    }
    return read;
  }

  pk.members = rows(source.members, MEMBER);
  pk.officeRows = (table) => rows(table, OFFICE);
  pk.offices = pk.officeRows(source.offices);
  pk.extent = source.extent;

  // A text of the catalogue with its places filled.
  pk.said = function (key, values) {
    return source.texts[key].replace(/\{(\w+)\}/g, (_, name) => String(values[name]));
  };
  pk.text = (key, values) => pk.said("script." + key, values);

  // As maps.told.texts.number: in Norwegian a narrow space between thousands and a decimal comma.
  pk.number = function (value, decimals) {
    const rounded = Math.abs(value).toFixed(decimals || 0);
    const [whole, part] = rounded.split(".");
    const sign = value < 0 && Number(rounded) !== 0 ? "\u2212" : "";
    return sign + whole.replace(/\B(?=(\d{3})+$)/g, source.number.between) + (part ? source.number.point + part : "");
  };

  // As maps.told.texts.Words.count: "1 kommune", "2 kommuner".
  pk.count = function (key, value) {
    const n = Number.isFinite(value) ? pk.number(value) : "\u2013";
    return pk.said(`count.${key}_${n === "1" ? "one" : "many"}`, { n });
  };

  pk.el = function (tag, attributes, ...children) {
    const element = document.createElement(tag);
    for (const name of Object.keys(attributes || {})) element.setAttribute(name, attributes[name]);
    element.append(...children.filter((child) => child !== null && child !== undefined));
    return element;
  };

  pk.still = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
})(plankontor);
