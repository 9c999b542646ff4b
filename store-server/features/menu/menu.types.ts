import type { Allergen } from '#contract/allergens.ts';

export type GroupKind = 'size' | 'choice' | 'extra' | 'removal';

/** One thing a guest can pick. Only what is on the menu now; hidden options are not in the catalogue. */
export interface MenuOption {
  readonly id: string;
  readonly alias: number;
  readonly groupId: string;
  readonly name: string;
  /** Its own kitchen name, if any; the kitchen reads `kitchenName ?? name`. */
  readonly kitchenName: string | null;
  /** Minor units on top of the dish; may be negative ("small", "no side"). */
  readonly priceMinor: number;
  /** Minor units by the id of the chosen size, where they differ from `priceMinor`. */
  readonly pricesBySize: Readonly<Record<string, number>>;
  readonly maxQuantity: number;
  readonly isDefault: boolean;
  readonly soldOut: boolean;
  readonly allergens: readonly Allergen[];
  readonly sortOrder: number;
  /** The group that opens when this is picked ("side salad" opens "dressing"). */
  readonly nestedGroupId: string | null;
  readonly nested: MenuGroup | null;
}

export interface MenuGroup {
  readonly id: string;
  readonly alias: number;
  readonly name: string;
  readonly kind: GroupKind;
  /** Fewest and most units to be picked; null for no upper limit. */
  readonly min: number;
  readonly max: number | null;
  /** How many units are included in the price of the dish. */
  readonly freeCount: number;
  readonly active: boolean;
  readonly options: readonly MenuOption[];
}

export interface MenuCategory {
  readonly id: string;
  readonly alias: number;
  readonly parentId: string | null;
  readonly name: string;
  readonly description: string | null;
  readonly color: string;
  readonly icon: string | null;
  /** 0 drinks, 1 starters, 2 mains, 3 desserts; a restaurant may use more. */
  readonly course: number;
  readonly stationId: string | null;
  readonly sortOrder: number;
  readonly active: boolean;
}

/** A dish or drink with what its category adds worked in. Portions left are asked for apart: they change all evening. */
export interface MenuProduct {
  readonly id: string;
  readonly alias: number;
  readonly categoryId: string;
  readonly name: string;
  /** The product's own kitchen name, if any; the kitchen reads `kitchenName ?? name`. */
  readonly kitchenName: string | null;
  readonly description: string | null;
  /** Minor units as on the menu. */
  readonly priceMinor: number;
  /** Basis points. */
  readonly vatBps: number;
  /** The product's own course and station, if they differ from its category's. */
  readonly ownCourse: number | null;
  readonly ownStationId: string | null;
  readonly alsoStationIds: readonly string[];
  /** What counts: its own, else its category's, else the category above. */
  readonly course: number;
  readonly stationIds: readonly string[];
  readonly allergens: readonly Allergen[];
  readonly dietaryInfo: readonly string[];
  readonly barcode: string | null;
  readonly sku: string | null;
  readonly prepMinutes: number;
  readonly image: string | null;
  readonly sortOrder: number;
  readonly active: boolean;
  /** Whether it can be sold: it and its category are on the menu. */
  readonly onMenu: boolean;
  readonly groups: readonly MenuGroup[];
}

/** Whether something can be had, and how many portions are left; null is not counted. */
export interface Stock {
  readonly soldOut: boolean;
  readonly remaining: number | null;
  /** Off for this business day (YYYY-MM-DD) and back by itself on the next; null: until somebody puts it back. */
  readonly offDay?: string | null;
}
