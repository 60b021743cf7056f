import { createHash } from 'node:crypto';
import type { Account } from '../../account.ts';
import { imageNow, referenceHere } from '../ecs/images.ts';

/**
 * What a kubelet says of an image that it has pulled (`imageID`): the repository with the digest that the reference stood for. Undefined for one of this
 * account's registry that cannot be pulled now. An image of another registry is always there, with a digest that is its own.
 */
export function imageIdOf(account: Account, image: string): string | undefined {
  const repository = image.replace(/@.*$/, '').replace(/:[^:/]*$/, '');
  const reference = referenceHere(account, image);
  if (reference === undefined) {
    const [, named] = /@(sha256:[0-9a-f]{64})$/.exec(image) ?? [];
    return `${repository}@${named ?? `sha256:${createHash('sha256').update(image).digest('hex')}`}`;
  }
  const found = imageNow(account, reference);
  return found?.status === 'ACTIVE' ? `${repository}@${found.digest}` : undefined;
}
