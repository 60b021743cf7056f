import type { Questions } from '../../account/askedImage.ts';
import type { ImagePolicy } from '../../rules/rule.ts';

/** What has to be asked of an image's signatures, for `signatureCheck` to be told. */
export function signatureQuestions({ signed }: ImagePolicy): Pick<Questions, 'signatures' | 'revocation'> {
  if (signed === undefined) return { signatures: 'none' };
  const { by, revocation, profiles = null, roots = null } = signed;
  return { signatures: by, ...(revocation === undefined ? {} : { revocation: { profiles, roots } }) };
}
