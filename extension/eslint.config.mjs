import tseslint from "typescript-eslint";

export default tseslint.config(
  { ignores: [".output", ".wxt", "node_modules", "coverage", "src/event/types.ts"] },
  ...tseslint.configs.strictTypeChecked,
  {
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      eqeqeq: "error",
      "no-restricted-properties": [
        "error",
        { property: "innerHTML", message: "Page data never becomes markup: build elements instead." },
        { property: "outerHTML", message: "Page data never becomes markup: build elements instead." },
      ],
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
    },
  },
  { files: ["**/*.mjs"], ...tseslint.configs.disableTypeChecked },
);
