import { type AskedImage, readAskedImage } from '../../shared/account/askedImage.ts';
import { readsWith } from '../../shared/account/reads.ts';
import { parseReference, type Reference } from '../../shared/account/reference.ts';
import { catalogue } from '../../shared/actions/catalogue.ts';
import { signatureQuestions } from '../../shared/plan/gate/questions.ts';
import { gateVerdict, mayPassLater, type Verdict } from '../../shared/plan/gate/verdict.ts';
import { awsFor } from '../../shared/platform/sdk/aws.ts';
import { clockAhead } from '../stage.ts';
import { refusalOf } from '../stageRefusal.ts';
import { UsageError } from '../usage.ts';
import { asksLeftOut, withEpss } from './epss.ts';
import type { GateRules } from './ruleSource.ts';

/** What came of one image. */
export interface Gated {
  /** As it was given. */
  readonly given: string;
  readonly reference: Reference;
  readonly asked: AskedImage | null;
  readonly verdict: Verdict;
  readonly rules: GateRules['from'];
  /** When it was asked last. */
  readonly at: Date;
}

export interface Waiting {
  /** So long an image is asked about again whose scan or signature may come yet; 0: once. */
  readonly mostMs: number;
  readonly everyMs: number;
  readonly sleep: (ms: number) => Promise<void>;
}

/** Reads the name of an image. Throws UsageError. */
export function referenceOf(image: string): Reference {
  const reference = parseReference(image);
  if (reference !== null) return reference;
  throw new UsageError(
    `"${image}" is no image: write it as 123456789012.dkr.ecr.eu-west-1.amazonaws.com/payments/api:1.0, or with @sha256:… in the place of the tag.`,
  );
}

/** Reads an image and what the rules say of it, as often as there is something to wait for. Throws UsageError. */
export async function gate(image: string, { set, from, runsIn }: GateRules, waiting: Waiting): Promise<Gated> {
  const reference = referenceOf(image);
  let waitedMs = 0;
  for (;;) {
    const { asked, now } = await ask(reference, set);
    const verdict = gateVerdict({ reference, asked, set, actions: catalogue, now, runsIn });
    if (!mayPassLater(verdict) || waitedMs >= waiting.mostMs) {
      return { given: image, reference, asked, verdict, rules: from, at: now };
    }
    const ms = Math.min(waiting.everyMs, waiting.mostMs - waitedMs);
    await waiting.sleep(ms);
    waitedMs += ms;
  }
}

/** With the credentials of the environment, in the image's own Region; the time is AWS's, by which it was pushed. */
async function ask(
  { ecr }: Reference,
  set: GateRules['set'],
): Promise<{ readonly asked: AskedImage | null; readonly now: Date }> {
  if (ecr === null) return { asked: null, now: clockAhead(0).now() };
  const config = { region: ecr.region };
  const aws = awsFor(config);
  const { client } = await aws.ecr();
  try {
    const read = await readAskedImage(readsWith(aws), ecr, signatureQuestions(set.settings.images ?? {}));
    const asked = asksLeftOut(set) ? await withEpss(read, ecr, config) : read;
    return { asked, now: clockAhead(client.config.systemClockOffset).now() };
  } catch (error) {
    throw refusalOf(error, `images of ${ecr.account} in ${ecr.region}`);
  } finally {
    client.destroy();
  }
}
