import type { Page } from 'playwright';

/** The first owner of The Anchor. */
export const olga = { email: 'olga@anchor.test', password: 'a-long-anchor-chain' };

export const dialog = (page: Page, name: string) => page.getByRole('dialog', { name });

/** With it there is an owner. */
export const create = (page: Page) => page.getByRole('button', { name: 'Create it and continue' });
