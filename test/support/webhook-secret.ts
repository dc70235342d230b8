import { hash } from 'node:crypto';

/** A made secret for signatures (虚构密钥), the same for the same text. */
export const webhookSecretOf = (text: string): string => `whsec_${hash('sha256', text, 'base64')}`;
