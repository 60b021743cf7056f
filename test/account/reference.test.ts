import { describe, expect, it } from 'vitest';
import { parseReference } from '../../shared/account/reference.ts';

const digest = `sha256:${'a'.repeat(64)}`;
const sha512 = `sha512:${'b'.repeat(128)}`;
const host = '123456789012.dkr.ecr.eu-west-1.amazonaws.com';

describe('the name of an image', () => {
  it.each([
    ['nginx', 'docker.io', 'library/nginx', 'latest', null],
    ['grafana/grafana:11.1.0', 'docker.io', 'grafana/grafana', '11.1.0', null],
    ['index.docker.io/nginx', 'docker.io', 'library/nginx', 'latest', null],
    ['public.ecr.aws/docker/library/nginx:1', 'public.ecr.aws', 'docker/library/nginx', '1', null],
    ['localhost:5000/api', 'localhost:5000', 'api', 'latest', null],
    [`ghcr.io/o/p@${digest}`, 'ghcr.io', 'o/p', null, digest],
    [`evil.example.com/miner@${sha512}`, 'evil.example.com', 'miner', null, sha512],
    [`ghcr.io/o/p@multihash+base58:${'Q'.repeat(46)}`, 'ghcr.io', 'o/p', null, `multihash+base58:${'Q'.repeat(46)}`],
    [`${host}/payments/api:1.0`, host, 'payments/api', '1.0', null],
    [`${host}/payments/api:1.0@${digest}`, host, 'payments/api', '1.0', digest],
    // Other ways to write the same registry.
    ['123456789012.dkr-ecr.eu-west-1.on.aws/api:1', host, 'api', '1', null],
    ['123456789012.dkr.ecr-fips.eu-west-1.amazonaws.com:443/api:1', host, 'api', '1', null],
    [`${host.toUpperCase()}/api:1`, host, 'api', '1', null],
  ])('%s', (text, registry, repository, tag, own) => {
    expect(parseReference(text)).toMatchObject({ registry, repository, tag, digest: own });
  });

  it('is asked of ECR only where its registry is one', () => {
    const ecr = { account: '123456789012', region: 'eu-west-1', repository: 'api', tag: '1', digest: null };
    expect(parseReference(`${host}/api:1`)?.ecr).toEqual(ecr);
    expect(parseReference('123456789012.dkr-ecr.eu-west-1.on.aws/api:1')?.ecr).toEqual(ecr);
    for (const text of ['nginx', `evil.example/${host}/api`, `${host}.evil.example/api`])
      expect(parseReference(text)?.ecr).toBeNull();
  });

  it('is in China another host', () => {
    const china = '123456789012.dkr.ecr.cn-north-1.amazonaws.com.cn';
    expect(parseReference(`${china}/api:1`)).toMatchObject({ registry: china, ecr: { region: 'cn-north-1' } });
  });

  it.each([
    '',
    '-nginx',
    'https://docker.io/library/nginx',
    `${host}/`,
    `${host}/API:1`,
    `${host}/api:`,
    `${host}/api:a b`,
    `${host}/api:$(id)`,
    `${host}/api@sha256:1`,
    `${host}/api@${sha512}`,
    `${host}/api:1.0@${sha512}`,
    `ghcr.io/o/p@sha256:${'b'.repeat(128)}`,
    `ghcr.io/o/p@sha512:${'b'.repeat(64)}`,
    `${host}/api@${digest}@${digest}`,
    `${host}/api;id`,
    'a\nb',
  ])('is refused: %j', (text) => {
    expect(parseReference(text)).toBeNull();
  });
});
