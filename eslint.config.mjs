import eslint from "@eslint/js";
import tseslint from "typescript-eslint";

/** Imports point one way: what each folder may not reach. */
const arrows = {
  model: ["catalog", "capacity", "availability", "components", "cost", "policies", "preview", "cli", "stacks"],
  catalog: ["capacity", "availability", "components", "cost", "policies", "preview", "cli", "stacks"],
  availability: ["capacity", "components", "cost", "policies", "preview", "cli", "stacks"],
  cost: ["capacity", "availability", "components", "policies", "preview", "cli", "stacks"],
  capacity: ["components", "policies", "preview", "cli", "stacks"],
  components: ["policies", "preview", "cli", "stacks"],
  policies: ["preview", "cli", "stacks"],
  preview: ["cli", "stacks"],
  cli: ["stacks"],
  stacks: ["catalog", "capacity", "availability", "cost", "policies", "preview", "cli"],
};

const depths = ["..", "../..", "../../.."];

function forbids(folders) {
  return {
    patterns: [
      {
        group: folders.flatMap((folder) => depths.flatMap((up) => [`${up}/${folder}`, `${up}/${folder}/**`])),
        message: "imports point one way (docs/architecture.md)",
      },
    ],
  };
}

export default tseslint.config(
  {
    ignores: [
      "dist",
      "dist-package",
      "test/programs/*/**",
      "templates",
      "examples",
      "node_modules",
      "coverage",
      "**/*.js",
      "**/*.mjs",
    ],
  },
  eslint.configs.recommended,
  ...tseslint.configs.strictTypeChecked,
  {
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true, allowBoolean: true }],
      "@typescript-eslint/no-confusing-void-expression": "off",
      "@typescript-eslint/no-unnecessary-condition": ["error", { allowConstantLoopConditions: true }],
      "@typescript-eslint/consistent-type-imports": "off",
      "@typescript-eslint/prefer-nullish-coalescing": "error",
      "@typescript-eslint/require-await": "off",
      // A reading is cast where it is read: the type parameter is the cast.
      "@typescript-eslint/no-unnecessary-type-parameters": "off",
      // `void mirrored` holds a schema to its type.
      "@typescript-eslint/no-meaningless-void-operator": "off",
      "no-console": "error",
      eqeqeq: "error",
    },
  },
  ...Object.entries(arrows).map(([folder, folders]) => ({
    files: [`${folder}/**/*.ts`],
    rules: { "no-restricted-imports": ["error", forbids(folders)] },
  })),
  {
    // A reader sees what was registered, and nothing that built it.
    files: ["components/**/*.read.ts", "components/**/read.ts", "components/readers.ts"],
    rules: {
      "no-restricted-imports": [
        "error",
        {
          patterns: [
            {
              group: [
                "@pulumi/*",
                ...["capacity", "availability", "cost", "policies", "preview", "cli", "stacks"].flatMap((folder) =>
                  depths.flatMap((up) => [`${up}/${folder}`, `${up}/${folder}/**`]),
                ),
              ],
              message: "readers import model and catalog only",
            },
          ],
        },
      ],
    },
  },
  {
    // It poses as AWS: what it knew from us, it could not refuse us.
    files: ["test/engine/provider/**/*.ts"],
    rules: { "no-restricted-imports": ["error", forbids(Object.keys(arrows))] },
  },
  { files: ["cli/**/*.ts", "bench/**/*.ts"], rules: { "no-console": "off" } },
  {
    files: ["test/**/*.ts", "bench/**/*.ts"],
    rules: {
      "@typescript-eslint/no-non-null-assertion": "off",
      "@typescript-eslint/no-unsafe-assignment": "off",
      "@typescript-eslint/no-unsafe-member-access": "off",
      "@typescript-eslint/no-unsafe-call": "off",
      "@typescript-eslint/no-unsafe-argument": "off",
      "@typescript-eslint/no-unsafe-return": "off",
      // Vectors are quoted with all their digits, and a test may look at what types say cannot be.
      "no-loss-of-precision": "off",
      "@typescript-eslint/no-base-to-string": "off",
      "@typescript-eslint/no-unnecessary-condition": "off",
      "@typescript-eslint/restrict-plus-operands": "off",
      "@typescript-eslint/unbound-method": "off",
      "@typescript-eslint/no-require-imports": "off",
      "no-restricted-syntax": [
        "error",
        {
          selector: "MemberExpression[object.name=/^(describe|it|test)$/][property.name=/^(skip|only)$/]",
          message: "test/needs.ts skips, by name and with the reason",
        },
      ],
    },
  },
  { files: ["test/needs.ts"], rules: { "no-restricted-syntax": "off" } },
);
