import { expect, it } from 'vitest';
import { type Image, incidentOf, index } from './scan.ts';
import { openStage, type Stage } from './stage.ts';

/** The two platforms of one index: ECR scans each of them, and says nothing of the index. */
const platform = (letter: 'a' | 'b'): Image => ({
  repository: index.repository,
  digest: `sha256:2222${letter.repeat(4)}${'2'.repeat(56)}`,
});
const [amd64, arm64] = [platform('a'), platform('b')];

const all = (status: string) => ({ [index.digest]: status, [amd64.digest]: status, [arm64.digest]: status });
const outcomes = (stage: Stage) =>
  Object.fromEntries(stage.heads().map(({ incident, outcome }) => [incident, outcome]));
const settled = async (stage: Stage): Promise<void> => {
  await stage.settle();
  await stage.pass(40 * 60);
};

it.each([
  ['at once', 0],
  ['one after the other', 60 * 60],
])(
  'two platforms of one index, scanned %s: archived once, and put back when nobody needs it any more',
  async (_name, apartSeconds) => {
    await using stage = await openStage();
    stage.scan(amd64);
    if (apartSeconds > 0) await stage.pass(apartSeconds);
    stage.scan(arm64);
    await settled(stage);
    expect(stage.statuses(index.repository)).toEqual(all('ARCHIVED'));
    expect(stage.calls('ecr:UpdateImageStorageClass')).toBe(3);

    expect(await stage.undo(amd64)).toMatchObject({ kind: 'opened' });
    await settled(stage);
    expect(stage.statuses(index.repository)).toEqual(all('ARCHIVED'));
    expect(stage.told().some(({ body }) => body.includes(`incident ${incidentOf(arm64)} needs it`))).toBe(true);
    expect(outcomes(stage)[incidentOf(arm64)]).toBe('contained');

    expect(await stage.undo(arm64)).toMatchObject({ kind: 'opened' });
    await settled(stage);
    expect(stage.statuses(index.repository)).toEqual(all('ACTIVE'));
  },
);
