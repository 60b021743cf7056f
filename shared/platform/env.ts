/** What a variable must look like, and how a person would say it. */
export interface Form {
  readonly pattern: RegExp;
  readonly what: string;
}

/**
 * The environment of a function, read once before its handler is ready: a missing, empty or broken variable stops the
 * function from starting, by name. (No schema library here: it would be a fifth of what a small function loads.)
 */
export function readEnv<Name extends string>(
  forms: { readonly [N in Name]: Form },
  env: NodeJS.ProcessEnv = process.env,
): { readonly [N in Name]: string } {
  const wrong: string[] = [];
  const values: { [name: string]: string } = {};
  for (const [name, { pattern, what }] of Object.entries<Form>(forms)) {
    const value = env[name] ?? '';
    if (value === '') wrong.push(`${name} is missing or empty`);
    else if (!pattern.test(value)) wrong.push(`${name} is ${JSON.stringify(value)}, and must be ${what}`);
    values[name] = value;
  }
  if (wrong.length > 0) {
    throw new Error(`Environment of this function: ${wrong.join('; ')}. It is set in serverless.yml.`);
  }
  return values as { readonly [N in Name]: string };
}
