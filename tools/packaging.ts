import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundleFunctions } from './bundle.ts';

/** What osls hands to a plugin, as far as it is used here. */
interface Serverless {
  readonly service: {
    readonly custom: { readonly onCallEmail: unknown; readonly defaultMode: unknown; readonly console: unknown };
  };
  readonly classes: { readonly Error: new (message: string, code: string) => Error };
}

/** What is wrong with the parameters of a deployment, and the mending; null: nothing. */
export function parameterProblem(onCallEmail: unknown, defaultMode: unknown, web: unknown): string | null {
  if (!/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(String(onCallEmail))) {
    const is = onCallEmail === '' ? 'missing' : `"${onCallEmail}"`;
    return `onCallEmail is ${is}: say who is woken, with --param="onCallEmail=you@example.com". Only stage dev has a default.`;
  }
  if (web !== 'on' && web !== 'off') return `console is "${web}": it is on or off, as in --param="console=on".`;
  if (defaultMode === 'observe' || defaultMode === 'enforce') return null;
  return `defaultMode is "${defaultMode}": it is observe or enforce, as in --param="defaultMode=observe".`;
}

/**
 * A plugin of osls: `serverless package`, with which `serverless deploy` begins, refuses wrong parameters, and bundles the sources
 * as they are, so that an old `dist/` is never shipped. Other commands, such as `remove`, need no parameter.
 */
export default class Packaging {
  readonly hooks: { readonly [event: string]: () => Promise<void> };

  constructor({ service, classes }: Serverless) {
    this.hooks = {
      'before:package:initialize': async () => {
        const problem = parameterProblem(
          service.custom.onCallEmail,
          service.custom.defaultMode,
          service.custom.console,
        );
        if (problem !== null) throw new classes.Error(problem, 'FIREBREAK_PARAMETER');
        await bundleFunctions(join(dirname(fileURLToPath(import.meta.url)), '..'));
      },
    };
  }
}
