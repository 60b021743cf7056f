import type { Reference } from '../../account/reference.ts';
import type { Settings } from '../../rules/rule.ts';
import type { Asked, Level, Reason } from './verdict.ts';

/** An image as it can be pulled; by digest where one is known, because a tag may move. */
export function pullable({ registry, repository, tag, digest }: Reference, known: string | null = null): string {
  const pinned = known ?? digest;
  if (pinned !== null) return `${registry}/${repository}@${pinned}`;
  return `${registry}/${repository}${tag === null ? '' : `:${tag}`}`;
}

type Given = Pick<Reason, 'check' | 'code' | 'level' | 'message' | 'place' | 'mend'> & Partial<Reason>;

/** With nothing where a reason says nothing. */
export const reason = ({ check, code, level, message, place, mend, ...given }: Given): Reason => ({
  ...{ check, code, level, message, place, mend },
  ...{ rule: null, exemption: null, findings: [], total: 0, mayPass: false },
  ...given,
});

/** What the settings want of an image only warns where they want nothing enforced. */
export const byPolicy = ({ observeOnly }: Settings): Level => (observeOnly ? 'warn' : 'block');

/** Whether whatever kept the image from being read may be gone a little later. */
export const readLater = ({ asked }: Asked): boolean =>
  asked !== null && asked.unread.length > 0 && asked.unread.every(({ mayPass }) => mayPass === true);

const order: readonly Level[] = ['block', 'unknown', 'warn', 'note'];

/** What keeps an image from passing first. */
export const worstFirst = (a: Pick<Reason, 'level'>, b: Pick<Reason, 'level'>): number =>
  order.indexOf(a.level) - order.indexOf(b.level);
