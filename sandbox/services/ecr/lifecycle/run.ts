import type { Json } from '../../../../shared/platform/json.ts';
import type { Account } from '../../../account.ts';
import { deleteImage } from '../deleteImage.ts';
import { type Repository, repositories } from '../state.ts';
import { archive } from '../storageClass.ts';
import { evaluate } from './evaluate.ts';
import { readPolicy } from './policy.ts';

export const EVALUATE = 'ecr.lifecycle';
const HOUR_MS = 60 * 60 * 1000;

/** The time of the day when a repository's policy is looked at. */
export function onEvaluate(account: Account, args: Json): void {
  const repository = repositories(account).get((args as { readonly repository: string }).repository);
  if (repository?.lifecycle === undefined) return;
  runLifecycle(account, repository);
  repository.lifecycle.next = queue(account, repository, 24 * HOUR_MS);
}

const queue = (account: Account, { name }: Repository, delay: number): number =>
  account.clock.after(delay, EVALUATE, { repository: name }, { background: true });

/**
 * Gives a repository this policy, which `readPolicy` has taken. ECR says that what meets it is gone within 24 hours: here it is
 * looked at 1 to 24 hours after the first policy, by the account's seed, and once a day from then on.
 */
export function putLifecycle(account: Account, repository: Repository, text: string): void {
  if (repository.lifecycle !== undefined) {
    repository.lifecycle.text = text;
    return;
  }
  const next = queue(account, repository, Math.round((1 + account.random.next() * 23) * HOUR_MS));
  repository.lifecycle = { text, lastEvaluatedAt: 0, next };
}

export function endLifecycle(account: Account, repository: Repository): void {
  if (repository.lifecycle !== undefined) account.clock.cancel(repository.lifecycle.next);
  delete repository.lifecycle;
}

/** Does now what the repository's policy says. */
export function runLifecycle(account: Account, repository: Repository): void {
  const { lifecycle } = repository;
  if (lifecycle === undefined) return;
  const now = account.clock.now();
  for (const { image, rule } of evaluate(repository, readPolicy(lifecycle.text), now)) {
    if (rule.action.type === 'expire') deleteImage(account, repository, image);
    else archive(account, repository, image);
  }
  lifecycle.lastEvaluatedAt = now;
}
