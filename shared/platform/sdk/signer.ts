export { GetRevocationStatusCommand, SignerClient } from '@aws-sdk/client-signer';
