/** What an answer may name. */
export interface Own {
  readonly account: string;
  readonly region: string;
  /** http://127.0.0.1:PORT */
  readonly endpoint: string;
}

/** A pattern in a policy stands for what is there, and `{account}` in a setting of Firebreak for each account that it works in. */
const isOwn = (text: string, own: string): boolean => ['', own, '*', '{account}'].includes(text);

/** The name of an XML namespace: no client goes there. */
const NAMESPACE = /^https?:\/\/[a-z0-9]+\.amazonaws\.com\/doc\/\d{4}-\d\d-\d\d\/?$/;

/**
 * Names of AWS that stand in AWS's own answers as well, and that nobody calls: an AWS service as it is named in a policy or in the
 * path of its role (`lambda.amazonaws.com`), without a Region; and the registry of this account, which is part of an image's name in a task
 * definition or a manifest's address. No registry is served here: the SDK pulls by BatchGetImage.
 */
const isNameOfAws = (host: string, { account, region }: Own): boolean =>
  /^[a-z0-9]+(?:[.-][a-z]+)*\.amazonaws\.com$/.test(host) && !REGION.test(host)
    ? true
    : host === `${account}.dkr.ecr.${region}.amazonaws.com`;

const REGION =
  /\b(?:af|ap|ca|cn|eu|il|me|mx|sa|us)(?:-gov|-iso[a-z]?)?-(?:north|south|east|west|central)(?:east|west)?-\d\b/;

const all = (text: string, what: RegExp): readonly RegExpMatchArray[] => [...text.matchAll(new RegExp(what, 'g'))];

/** Ids, access keys and digests are random digits and letters, among which twelve digits in a row mean nothing. */
const withoutIds = (text: string): string =>
  text
    .replace(/\bA[KS]IA[0-9A-Z]{16}\b/g, 'KEY')
    .replace(/\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b/g, 'UUID')
    .replace(/(?<![0-9a-f])(?=[0-9a-f]*[a-f])[0-9a-f]{13,}(?![0-9a-f])/g, 'HEX')
    // As the guard's status has the hash of a rule set, cut: one in three hundred has digits alone.
    .replace(/\bdecides \([0-9a-f]{12}\)/g, 'decides (HASH)');

function decoded(escapes: string): string {
  try {
    return decodeURIComponent(escapes);
  } catch {
    // Percent signs of something else.
    return escapes;
  }
}

/** As a reader decodes it: IAM's policies are URL-encoded, JSON within JSON escapes its slashes. */
const plain = (text: string): string => text.replace(/(?:%[0-9A-F]{2})+/g, decoded).replaceAll('\\/', '/');

/**
 * Of the account's own network, where its tasks and hosts are; where whoever calls is, without a port, as CloudTrail shows it; or all that there
 * are: where a security group lets everything out to.
 */
const isOwnAddress = (address: string): boolean =>
  /^10\.0\.\d+\.\d+(?:\/(?:1[6-9]|2\d|3[0-2]))?$/.test(address) || address === '127.0.0.1' || address === '0.0.0.0/0';

/**
 * A URL of the door, the name of a namespace, or the registry of this account, which GetAuthorizationToken names and `docker login` takes; and who signs
 * the tokens of a cluster, which a trust policy names and nobody calls here.
 */
const isOwnUrl = (url: string, { account, region, endpoint }: Own): boolean =>
  NAMESPACE.test(url) ||
  url === endpoint ||
  url.startsWith(`${endpoint}/`) ||
  url === `https://${account}.dkr.ecr.${region}.amazonaws.com` ||
  (url.startsWith(`https://oidc.eks.${region}.amazonaws.com/id/`) && /\/[0-9A-F]{32}$/.test(url));

/** Every address, account or Region in a text that is not the sandbox's own. */
export function foreignIn(answer: string, own: Own): readonly string[] {
  const text = withoutIds(plain(answer));
  const arns = all(text, /\barn:aws[a-z-]*:[a-z0-9-]*:([^:\s"'<]*):([^:\s"'<]*):/)
    .filter(([, region = '', account = '']) => !isOwn(region, own.region) || !isOwn(account, own.account))
    .map(([arn]) => arn);
  const accounts = all(text, /(?<!\d)\d{12}(?!\d)/).filter(([id]) => id !== own.account);
  const regions = all(text, REGION).filter(([region]) => region !== own.region);
  const urls = all(text, /\bhttps?:\/\/[^\s"'<>\\]+/).filter(([url]) => !isOwnUrl(url, own));
  const hosts = all(
    text,
    /(?<![\w./-])(?<!:\/\/)[\w-]+(?:\.[\w-]+)*\.(?:amazonaws\.com(?:\.cn)?|api\.aws|on\.aws)\b/,
  ).filter(([host]) => !isNameOfAws(host, own));
  const numbers = all(text, /(?<![\d.])\d{1,3}(?:\.\d{1,3}){3}(?![\d.])(?::\d+|\/\d+)?/).filter(
    ([address]) => !isOwnAddress(address) && `http://${address}` !== own.endpoint,
  );
  return [...arns, ...[accounts, regions, urls, hosts, numbers].flatMap((some) => some.map(([found]) => found))];
}
