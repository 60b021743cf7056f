import { expectThat } from '../../../../cli/demo/scenario.ts';
import { moveByHand } from '../../pushing.ts';
import { unused } from '../../scan.ts';
import { openStage } from '../../stage.ts';
import type { Proof } from '../proof.ts';

export const changedByHand: Proof = {
  name: 'who has restored a contained image by hand is known once CloudTrail shows it',
  near: /^ResponderRole: ReadAnything: cloudtrail/,
  happen: async (template) => {
    await using stage = await openStage({ template });
    stage.scan(unused);
    await stage.pass(10 * 60);
    await moveByHand(stage, unused, 'STANDARD');
    await stage.pass(40 * 60);
    stage.scan(unused, { counts: { CRITICAL: 14 } });
    await stage.pass(10 * 60);
    const { outcome } = stage.head(unused);
    expectThat(outcome === 'held', `it came out as ${outcome}`);
    const named = stage.receipts().flatMap(({ changedBy }) => changedBy?.calls.map(({ who }) => who) ?? []);
    expectThat(named.includes('arn:aws:iam::123456789012:root'), `named: ${named.join(', ') || 'nobody'}`);
  },
};
