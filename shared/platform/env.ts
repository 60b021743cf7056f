/**
 * The environment of a function, read once before its handler is ready: a missing or empty variable stops the function
 * from starting, by name. (No schema library here: it would be a fifth of what a small function loads.)
 */
export function readEnv<Name extends string>(
  names: readonly Name[],
  env: NodeJS.ProcessEnv = process.env,
): { readonly [N in Name]: string } {
  const missing = names.filter((name) => env[name] === undefined || env[name] === '');
  if (missing.length > 0) {
    throw new Error(`Environment variable missing or empty: ${missing.join(', ')}. It is set in serverless.yml.`);
  }
  return Object.fromEntries(names.map((name) => [name, env[name]])) as { readonly [N in Name]: string };
}

/** One of the variable's allowed values. Throws with its name and what is allowed. */
export function oneOf<Value extends string>(name: string, value: string, allowed: readonly Value[]): Value {
  const found = allowed.find((one) => one === value);
  if (found === undefined) {
    throw new Error(`Environment variable ${name} is "${value}"; it must be one of ${allowed.join(', ')}.`);
  }
  return found;
}
