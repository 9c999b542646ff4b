import type { Ref } from '#contract/ids.ts';
import type { Connection } from '../../db/connection.ts';
import { catalogueOf } from './menu.catalogue.ts';
import type { MenuCategory, MenuProduct } from './menu.types.ts';

/** A product by uuid or alias, removed ones included: old checks still point at them. */
export const productByRef = (connection: Connection, ref: Ref): MenuProduct | undefined =>
  catalogueOf(connection).product(ref);

export const categoryById = (connection: Connection, id: string): MenuCategory | undefined =>
  catalogueOf(connection).category(id);
