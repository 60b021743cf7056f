/** An image as a container or task definition names it. */
export interface ImageReference {
  readonly account: string;
  readonly region: string;
  readonly repository: string;
  /** `latest` when neither a tag nor a digest is given, as Docker does; null when only a digest is. */
  readonly tag: string | null;
  readonly digest: string | null;
}

// ACCOUNT.dkr.ecr.REGION.amazonaws.com[.cn], its FIPS form, and the dual-stack ACCOUNT.dkr-ecr.REGION.on.aws; a port says
// where to connect, not which registry it is.
const registry =
  /^(\d{12})\.dkr[.-]ecr(?:-fips)?\.([a-z0-9-]+)\.(?:amazonaws\.com(?:\.cn)?|on\.(?:aws|amazonwebservices\.com\.cn))(?::\d{1,5})?$/;

/** Reads `registry[:port]/repository[:tag][@digest]`; null when the registry is not ECR. */
export function parseImageReference(text: string): ImageReference | null {
  const slash = text.indexOf('/');
  const host = registry.exec(slash === -1 ? '' : text.slice(0, slash));
  if (host === null) return null;
  const [, account = '', region = ''] = host;
  const path = text.slice(slash + 1);
  const at = path.indexOf('@');
  const named = at === -1 ? path : path.slice(0, at);
  const digest = at === -1 ? null : path.slice(at + 1);
  const colon = named.indexOf(':');
  const repository = colon === -1 ? named : named.slice(0, colon);
  const tag = colon === -1 ? (digest === null ? 'latest' : null) : named.slice(colon + 1);
  return { account, region, repository, tag, digest };
}
