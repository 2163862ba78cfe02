// How the scripts of the pages are written; `npm run check` in this folder holds them to it.
import js from "@eslint/js";
import globals from "globals";

const rules = {
  ...js.configs.recommended.rules,
  curly: ["error", "multi-line"],
  eqeqeq: "error",
  "func-style": "off",
  "no-eval": "error",
  "no-implied-eval": "error",
  "no-shadow": "error",
  "no-var": "error",
  "object-shorthand": "error",
  "prefer-arrow-callback": "error",
  "prefer-const": "error",
  "prefer-template": "off",
  complexity: ["error", 16],
  "max-lines": ["error", 400],
  "max-params": ["error", 6],
  "no-unused-vars": ["error", { caughtErrors: "none" }],
  quotes: ["error", "double", { avoidEscape: true }],
  semi: "error",
};

export default [
  { linterOptions: { reportUnusedDisableDirectives: "error" } },
  {
    files: ["maps/scripts/**/*.js"],
    rules: { ...rules, "no-restricted-properties": ["error", { property: "innerHTML" }, { property: "outerHTML" }, { property: "insertAdjacentHTML" }] },
    languageOptions: { globals: { ...globals.browser, L: "readonly" } },
  },
  { files: ["tests/js/*.js"], rules, languageOptions: { globals: globals.node } },
];
