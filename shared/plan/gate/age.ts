import { byPolicy, pullable, readLater, reason } from './reason.ts';
import type { Asked, Looked } from './verdict.ts';

const dayMs = 86_400_000;

/** How long ago the image was pushed. */
export function ageCheck(given: Asked): Looked {
  const {
    reference,
    asked,
    set: { settings },
    now,
  } = given;
  const { maxAgeDays } = settings.images ?? {};
  if (maxAgeDays === undefined) return { check: 'age', said: 'the settings bound no age', reasons: [], skipped: true };
  const image = asked?.image ?? null;
  const pushedMs = Date.parse(image?.pushedAt ?? '');
  const place = pullable(reference, image?.digest);
  const about = { check: 'age', place } as const;
  if (Number.isNaN(pushedMs)) {
    const message = `When the image was pushed is not known, and it may be at most ${maxAgeDays} days old.`;
    const mend = 'See what else is said of the image.';
    return {
      check: 'age',
      said: message,
      reasons: [reason({ ...about, code: 'unknown-age', level: 'unknown', message, mend, mayPass: readLater(given) })],
    };
  }
  const days = Math.floor((now.getTime() - pushedMs) / dayMs);
  const said = `it was pushed ${days} days ago, at most ${maxAgeDays}`;
  if (now.getTime() - pushedMs <= maxAgeDays * dayMs) return { check: 'age', said, reasons: [] };
  const message = `The image was pushed ${days} days ago (${image?.pushedAt}), and may be at most ${maxAgeDays} days old (settings.images.maxAgeDays).`;
  const mend = 'Build the image again, on a base image of today, and push it.';
  return {
    check: 'age',
    said,
    reasons: [reason({ ...about, code: 'too-old', level: byPolicy(settings), message, mend })],
  };
}
