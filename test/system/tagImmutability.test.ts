import { describe, expect, it } from 'vitest';
import { repositories } from '../../sandbox/services/ecr/state.ts';
import { worldSchema } from '../../sandbox/world/schema.ts';
import { setTagImmutability as action } from '../../shared/actions/setTagImmutability.ts';
import { configFinding } from './configFinding.ts';
import { pushNew } from './pushing.ts';
import { openStage, type Stage } from './stage.ts';

const repository = 'shop/basket-api';
const incident = `ecr-repository/123456789012/us-east-1/${repository}`;

const worldWith = (tags: { readonly [name: string]: string }) =>
  worldSchema.parse({
    repositories: [{ name: repository, tags, images: [{ digest: `sha256:${'a'.repeat(64)}`, tags: ['1.0'] }] }],
  });

const enforced = `name: tags
when:
  compliance: { rule: [ecr-private-tag-immutability-enabled] }
  status: [open]
do:
  - ecr.set-tag-immutability: { except: [latest] }
mode: enforce
`;

/** AWS Config finds that the tags of the repository may be moved. */
async function found(stage: Stage): Promise<void> {
  stage.deliver(configFinding(stage, 'config-repository-tags', repository));
  await stage.settle();
}

const mutability = ({ account }: Stage) => repositories(account).get(repository)?.mutability;
const mutable = { setting: 'MUTABLE', exclusions: [] };
const kept = { setting: 'IMMUTABLE_WITH_EXCLUSION', exclusions: ['latest'] };
const heard = (stage: Stage): readonly string[] => stage.told().map(({ tier, subject }) => `${tier} ${subject}`);
const subject = (words: string): string => `NO ACTION: shop/basket-api ${words}, us-east-1 123456789012`;

describe('a repository whose tags may be moved', () => {
  it('is told with what would keep them, under the shipped rules, and left as it is', async () => {
    await using stage = await openStage({ rules: {}, world: worldWith({}) });
    await found(stage);
    expect(heard(stage)).toEqual([`digest ${subject('seen, nothing done')}`]);
    expect(stage.told()[0]?.body).toContain(
      'Keep the tags of repository shop/basket-api on the images that they name, but for latest: a push that would move one is refused.',
    );
    expect(mutability(stage)).toEqual(mutable);
  });

  it('keeps its tags where a rule enforces it, read back and told as fixed; an undo lets them move again', async () => {
    await using stage = await openStage({ rules: { tags: enforced }, world: worldWith({ team: 'payments' }) });
    await found(stage);
    expect(mutability(stage)).toEqual(kept);
    expect(heard(stage)).toEqual([`digest ${subject('fixed')}`]);
    const [{ body } = { body: '' }] = stage.told();
    expect(body).toContain('Owner payments (tag team)');
    expect(body).not.toContain('lease');
    await expect(pushNew(stage, repository, '1.0')).rejects.toMatchObject({ name: 'ImageTagAlreadyExistsException' });
    await expect(pushNew(stage, repository, 'latest')).resolves.toMatch(/^sha256:/);

    await stage.undo(incident);
    await stage.settle();
    expect(mutability(stage)).toEqual(mutable);
    // All that it declares to put back.
    expect(Object.keys(mutable)).toEqual(action.restores);
    expect(heard(stage).slice(1)).toEqual([`notice ${subject('undone')}`]);
    await expect(pushNew(stage, repository, '1.0')).resolves.toMatch(/^sha256:/);
  });
});
