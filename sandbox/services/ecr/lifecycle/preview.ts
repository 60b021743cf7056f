import type { Json } from '../../../../shared/platform/json.ts';
import type { Account } from '../../../account.ts';
import { type Repository, repositories } from '../state.ts';
import { evaluate } from './evaluate.ts';
import { readPolicy } from './policy.ts';
import type { PreviewedImage } from './state.ts';

export const PREVIEWED = 'ecr.lifecyclePreview';

/** AWS gives no figure; here between 1 and 5 seconds, by the account's seed. */
const previewMilliseconds = (account: Account): number => Math.round(1000 + account.random.next() * 4000);

/** The end of a preview. */
export function onPreviewed(account: Account, args: Json): void {
  const repository = repositories(account).get((args as { readonly repository: string }).repository);
  if (repository?.preview === undefined) return;
  repository.preview.results = previewed(repository, repository.preview.text, account.clock.now());
  repository.preview.status = 'COMPLETE';
}

/** Begins to look at what a policy, which `readPolicy` has taken, would do; the repository's last preview is forgotten. */
export function beginPreview(account: Account, repository: Repository, text: string): void {
  repository.preview = { text, status: 'IN_PROGRESS', results: [] };
  account.clock.after(previewMilliseconds(account), PREVIEWED, { repository: repository.name });
}

const previewed = (repository: Repository, text: string, now: number): readonly PreviewedImage[] =>
  evaluate(repository, readPolicy(text), now).map(({ image, rule }) => ({
    digest: image.digest,
    tags: [...image.tags],
    pushedAt: image.pushedAt,
    action: rule.action.type === 'expire' ? 'EXPIRE' : 'TRANSITION',
    priority: rule.rulePriority,
    storageClass: image.status === 'ARCHIVED' ? 'ARCHIVE' : 'STANDARD',
  }));
