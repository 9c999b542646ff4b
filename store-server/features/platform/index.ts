import { relayJoined, relayLeft, relayWentOn } from '#contract/relay-link.ts';
import type { PlatformLink } from './platform.link.ts';
import { platformRoutes } from './platform.routes.ts';

export type { PlatformLink };

/** The relay's place in the restaurant's API. */
export const createPlatformFeature = (link: PlatformLink) => ({
  name: 'platform',
  routes: platformRoutes(link),
  facts: [relayJoined, relayLeft, relayWentOn],
  commands: [link.claim, link.leave, link.goOn, link.sendNow],
});
