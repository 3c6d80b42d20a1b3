import type { HubOptions } from '../../datasets/hub.js';
import { cacheDirectory } from '../cache/cache.js';

const PUBLIC_HUB = 'https://huggingface.co';

/** The hub, by the environment variables that its own clients read: HF_ENDPOINT, HF_TOKEN, HF_HUB_OFFLINE. */
export function hubFromEnvironment(signal: AbortSignal): HubOptions {
  const { HF_ENDPOINT: url, HF_TOKEN: token, HF_HUB_OFFLINE: offline } = process.env;
  return {
    url: (url ?? PUBLIC_HUB).replace(/\/+$/, ''),
    token: token === '' ? undefined : token,
    cacheDirectory: cacheDirectory('datasets'),
    offline: /^(1|true|yes|on)$/i.test(offline ?? ''),
    signal,
  };
}
