import tseslint from "typescript-eslint";

/** What makes markup or code of a text. */
const MARKUP = [
  "innerHTML", "outerHTML", "insertAdjacentHTML", "setHTML", "setHTMLUnsafe", "parseHTMLUnsafe", "createContextualFragment", "srcdoc",
];
const restrict = (properties) => [
  "error",
  ...properties.map((property) => ({ property, message: "Page data never becomes markup: build elements instead." })),
  { object: "document", property: "write", message: "Page data never becomes markup: build elements instead." },
];

export default tseslint.config(
  { ignores: [".output", ".wxt", "node_modules", "coverage", "src/event/types.ts"] },
  ...tseslint.configs.strictTypeChecked,
  {
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      eqeqeq: "error",
      "no-eval": "error",
      "no-new-func": "error",
      "no-restricted-properties": restrict(["innerHTML", "outerHTML"]),
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
    },
  },
  // Tests make pages of markup.
  { files: ["src/**"], rules: { "no-restricted-properties": restrict(MARKUP) } },
  { files: ["**/*.mjs"], ...tseslint.configs.disableTypeChecked },
);
