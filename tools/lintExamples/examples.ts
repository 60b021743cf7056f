import type { ProblemCode } from '../../shared/rules/codes.ts';
import { effectExamples } from './effects.ts';
import type { Example } from './example.ts';
import { fileExamples } from './files.ts';
import { keyExamples } from './keys.ts';
import { patternExamples } from './patterns.ts';

/** A folder cannot give it: what stands there is a rule, an exemption or the settings by its place. Parameter Store can. */
type Elsewhere = 'path';

/** A bad and a good example of each code: what lacks one does not compile. */
export const lintExamples: Readonly<Record<Exclude<ProblemCode, Elsewhere>, Example>> = {
  ...fileExamples,
  ...keyExamples,
  ...patternExamples,
  ...effectExamples,
};
