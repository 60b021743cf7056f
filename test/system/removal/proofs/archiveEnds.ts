import { expectThat } from '../../../../cli/demo/scenario.ts';
import { bucketByName } from '../../../../sandbox/services/s3/buckets.ts';
import { expire } from '../../../../sandbox/services/s3/expire.ts';
import { unused } from '../../scan.ts';
import { openStage } from '../../stage.ts';
import type { Proof } from '../proof.ts';

const dayMs = 86_400_000;

/** S3 looks at its bucket on those days; the rest of the account is not asked, whose clock would have to tick through weeks. */
export const archiveEnds: Proof = {
  name: 'archived events are kept for a month and then expire, and nothing else in the bucket does',
  near: /^EvidenceBucket: /,
  happen: async (template) => {
    await using stage = await openStage({ template });
    stage.scan(unused);
    await stage.pass(60);
    const bucket = bucketByName(stage.account, stage.sandbox.stack.outputs['EvidenceBucketName'] ?? '');
    const keys = (archived: boolean): readonly string[] =>
      [...bucket.objects.keys()].filter((key) => key.startsWith('events/') === archived);
    const [events, others] = [keys(true), keys(false)];
    expectThat(events.length > 0 && others.length > 0, `in the bucket: ${[...bucket.objects.keys()].join(', ')}`);
    expire(bucket, stage.account.clock.now() + 31 * dayMs);
    expectThat(keys(true).length === events.length, 'archived events are gone within a month');
    expire(bucket, stage.account.clock.now() + 40 * dayMs);
    expectThat(keys(true).length === 0, `archived events never end: ${keys(true).join(', ')}`);
    expectThat(keys(false).length === others.length, 'more than archived events has expired');
  },
};
