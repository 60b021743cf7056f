import type { Exempted } from '../rules/decide.ts';
import type { Matched, Quiet } from './plan.ts';

const ofPaging = ({ exempted = [] }: Matched): readonly Exempted[] =>
  exempted.filter(({ takes }) => takes === 'paging');

/** ISO times of one form sort as texts. */
const endsOf = (some: readonly Exempted[]): readonly string[] => some.map(({ expires }) => expires).toSorted();

/**
 * Whether nobody is woken, and until when. One finding that is not exempted from paging is enough to wake somebody; each is exempted until the
 * last of its exemptions ends.
 */
export function quietOf(matched: readonly Matched[]): Quiet | undefined {
  const told = matched.filter(({ decision }) => decision !== 'ignore').map(ofPaging);
  if (told.length === 0 || told.some((some) => some.length === 0)) return undefined;
  const [until = ''] = told.map((some) => endsOf(some).at(-1) ?? '').toSorted();
  return { by: [...new Set(told.flat().map(({ name }) => name))], until };
}

/** For people: who has said so, and why. */
export const quietLines = (matched: readonly Matched[]): readonly string[] =>
  quietOf(matched) === undefined
    ? []
    : [
        ...new Set(
          matched
            .flatMap(ofPaging)
            .map(
              ({ name, owner, expires, reason }) =>
                `Nobody is woken for it until ${expires}: exemption ${name} of ${owner}: ${reason}`,
            ),
        ),
      ];
