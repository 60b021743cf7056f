import { createPrivateKey, createPublicKey, sign } from 'node:crypto';

/** No secret: it signs who a person is for nobody but an account on loopback, whose administrator's key is printed, too. */
const KEY = {
  kty: 'RSA',
  n: 'u_uc8i20O6JRiOqoaWVrfcYmQwubUVXIaR4ttMe88gmKjrmy2PN2-WJcoq-3RSeJ741pv_Z97Wuh7kzrh1-i-TGjYOG2cwdHPOYiiP_sf81gqISLZxi4eOrNlwPR2P0DJ6XYFYExdd3z7UGa8dajDnjIHwRXERoaBqSJVTh1u2HNNO9Y_MMMKU41cLkmpdjOPWP5PNoB00h_7j_xiegHQ96mlcLr1gNduJcDUIclI1b8D4O4LagWS1OHlGi7k_jdCsKMcKcfw8CsUNB5UEXT4Ul_43EgTb_jSmZL8UffigvBsb4tNeybxtAL_UugJ-nTSGMg8fkfxWw-WCNQmcxZXQ',
  e: 'AQAB',
  d: 'ATRfbMkplLgSeGCzWb7Dt3CRDOVeiR49IGU6SPf49B1Qqvt3eVv9VoetvcOSwD9CT2jh1T92-wbNJgNLY22DEYjEMwf92VoRPXKIFB8vXKajyJNx5qFa1fWcRJtr9ptB1xeXciU5DRayGht_Ynb-HZ_t0Q50461LyzlzeQ4F9NmOCQOt2SoXAwpkuB3DmuY8-tbmjXz-p2Q534bQgZZeKxWuv3oHNAba3S0SQIGmfs7ObUH5MUdxmbmE0M7eQCGf2bQEEeYbIizSBs04b3wT3FeqnqtIVSPOIuWJDWCeKGm0Qpd7myl5HfZ__EESvKtWSCbwX_9pPxaY5hYy2ctJYQ',
  p: '5pGXdXSnNP4ChNjkvLFiY7U5C3X7K-pQSVq01PWDi9wfjmXfxzU5UiIoFj0B7riVG6IhemHp9LC9zVVU_EZJEni2rmQKOXPLsrG5I7jUUnedBR0F4dH_pssvL5poGPvJxfV-FazUIjotmFYOzmIkyPQFd5zfkALatvch-jledrk',
  q: '0LeN6F8KAIPWFHd3Lzc3EPRt0udLoGAfzrns_yCl1I2a8HeBJEbMyes7WpUNBE-DV__xuTPb9-qvowq2f2391Fza8nuOdj32Y65x_eKB4ucWF_n5rKQBc-mdtiQU_KheWy49o5YB9kaAImj4k9uQTRYAGY_AJeQcjI3lcMdkZcU',
  dp: 'fxtqFM1PVG5nsxbi2ocrh24jWYccBXSx-A5yPChw8YxTNSxCNk7IH9hGoyPUyeamBMrXi-EomcVJjUXqiPyyUeWMSA1Meam1dPh26RN-sUvRmz0JvhkHx8qhY6vKkWNVM7WHYamadJgABMgEd5AxWTr1PKCVuo1oR49sAsbXpbk',
  dq: 'AbhBdxSxZGexr-F8Het6jK026nH1cZDZMj7d8Qw30ZSJHkodykq7DT7e8lQgE1UEZAk72KbQvS413EYOUuZ5HPLW6wCRn-_Kw--ACPOA1nnI-NGaeQ2w5V-baRDLC3nnrSCoaVynD3xtOdtbkPxSKBByV8OTdbx3b8ELju5VqXE',
  qi: '4PBsxthCW6wHBN_EmgW5Yxvqt1emoL0fHGRL7phgbCXiawCKFzZA2Nz7vDJTgtuGfpCvgJDdXERlaNt0-26tv2lO-ssz6mRlHbS7aU3OTkeZIq00NHLNES5YviBTZ3p9TVUHy3klVFnj4p9sf039ks5JxsUmZPSB-uNddEbNMMA',
};

const ID = 'sandbox-login-1';

const inBase64 = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');

/** The keys that a token can be checked with (RFC 7517). */
export function publicKeys(): object {
  const { kty, n, e } = createPublicKey({ key: KEY, format: 'jwk' }).export({ format: 'jwk' });
  return { keys: [{ kty, n, e, kid: ID, use: 'sig', alg: 'RS256' }] };
}

/** A JSON Web Token of these claims (RFC 7519), signed with RS256. */
export function signedToken(claims: object): string {
  const said = `${inBase64({ alg: 'RS256', typ: 'JWT', kid: ID })}.${inBase64(claims)}`;
  const signature = sign('RSA-SHA256', Buffer.from(said), createPrivateKey({ key: KEY, format: 'jwk' }));
  return `${said}.${signature.toString('base64url')}`;
}
