import { readInventory } from '../../../shared/incident/inventories.ts';
import { readPointer } from '../../../shared/incident/rulesets.ts';
import { asked } from '../asked.ts';
import { broken, type Check, ok, warning } from '../check.ts';

/** It comes every hour, and a pass that could not end is taken up an hour later. */
const lateMs = 3 * 3_600_000;
const dayMs = 24 * 3_600_000;

/** Whether the images that run are looked at, and what of them could not be told. */
export const inventory: Check = {
  name: 'inventory',
  look: async ({ stage: { stage, effects } }) => {
    const { table, bodies, clock } = effects;
    const [record, pointer] = await Promise.all([
      asked('dynamodb:GetItem on the incident table', () => readInventory(table)),
      asked('dynamodb:GetItem on the incident table', () => readPointer(table)),
    ]);
    if (pointer === undefined) return ok('No rules are published: rules says more.');
    const text = await asked('s3:GetObject on the bucket', () => bodies.get(pointer.hash));
    const policy = policyIn(text);
    if (policy === undefined) return ok('The settings want nothing of images (images): what runs is not looked at.');
    const logs = `aws logs tail /aws/lambda/firebreak-${stage}-inventory --since 3h`;
    const now = clock.now().getTime();
    if (record === undefined) {
      const seen = 'The images that run have never been looked at.';
      return now - Date.parse(pointer.publishedAt) < lateMs
        ? ok(`${seen} That comes within the hour after the settings were published.`)
        : broken(seen, `See why: ${logs}.`);
    }
    const { finishedAt, startedAt, images, refused, unknown, unread } = record;
    const since = Math.max(Date.parse(pointer.publishedAt), Date.parse(startedAt));
    const everyMs = policy.inventoryHours === undefined ? dayMs : policy.inventoryHours * 3_600_000;
    if (now - since > everyMs + lateMs)
      return broken(`The images that run were looked at last at ${finishedAt ?? startedAt}.`, `See why: ${logs}.`);
    const seen = `${images} images that run were looked at${finishedAt === null ? ' so far' : ''} since ${startedAt}, ${refused} are refused (firebreak incidents list).`;
    const [first] = unread;
    if (first === undefined) return ok(seen);
    const what = unknown === 0 ? 'Not all could be read' : `Of ${unknown} not all could be told`;
    return warning(`${seen} ${what}: ${first}`, 'Grant what is missing, or leave it: it is neither refused nor clean.');
  },
};

/** What the settings of a published set want of images, as far as it matters here. */
function policyIn(text: string): { readonly inventoryHours?: number } | undefined {
  const { settings } = JSON.parse(text) as { readonly settings?: { readonly images?: { inventoryHours?: number } } };
  return settings?.images;
}
