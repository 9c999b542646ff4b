import type { z } from 'zod';
import type { Ref } from '#contract/ids.ts';
import type {
  AddGroupInput,
  AddProductInput,
  ChangeGroupBody,
  ChangeProductBody,
  ChangeProductInput,
  ChangeProductsBody,
  ChangeProductsInput,
  GroupBody,
  ProductBody,
} from '#contract/menu.ts';
import { fromPounds } from '../../kernel/money.ts';
import { Problem } from '../../kernel/verdict.ts';
import { definedOnly } from './menu.changes.ts';

type Product = z.output<typeof ProductBody>;
type Option = z.output<typeof GroupBody>['options'][number];

/** Minor units of an amount in pounds. The contract has checked it; this is where it is converted. */
function units(pounds: number, field: string): number {
  const read = fromPounds(pounds);
  if (!read.ok) throw new Problem('VALIDATION_ERROR', { field, reason: read.reason });
  return read.value;
}

/** The older clients say `image_url` and `is_active` for what a GET calls `image` and `active`. */
function renamed(body: Partial<Product>): Omit<z.output<typeof ChangeProductInput>, 'product_id'> {
  const { price, image_url, is_active, ...same } = body;
  return definedOnly({
    ...same,
    price_minor: price === undefined ? undefined : units(price, 'price'),
    image: same.image === undefined ? image_url : same.image,
    active: same.active ?? is_active,
  });
}

export const productInput = ({ body }: { body: Product }) => renamed(body) as z.output<typeof AddProductInput>;

export const changeProductInput = ({
  params,
  body,
}: {
  params: Record<string, unknown>;
  body: z.output<typeof ChangeProductBody>;
}): z.output<typeof ChangeProductInput> => ({
  ...renamed(body as Partial<Product>),
  product_id: params['product_id'] as Ref,
});

function optionInput(option: Option, index: number) {
  const { price, prices_by_size: bySize, alias: _, available: __, nested_group: ___, ...same } = option;
  const field = `options.${index}`;
  return definedOnly({
    ...same,
    price_minor: price === undefined ? undefined : units(price, `${field}.price`),
    prices_by_size_minor:
      bySize === undefined
        ? undefined
        : Object.fromEntries(
            Object.entries(bySize).map(([size, pounds]) => [size, units(pounds, `${field}.prices_by_size`)]),
          ),
  }) as z.output<typeof AddGroupInput>['options'][number];
}

type GroupFields = Omit<z.output<typeof ChangeGroupBody>, 'seen'>;

function groupFields({ id: _, alias: __, options, ...same }: GroupFields) {
  return definedOnly({ ...same, options: options?.map(optionInput) });
}

export const groupInput = ({ seen, ...body }: z.output<typeof ChangeGroupBody>) =>
  definedOnly({ ...groupFields(body), seen: seen === undefined ? undefined : groupFields(seen) });

export const changeProductsInput = ({
  body: { changes },
}: {
  body: z.output<typeof ChangeProductsBody>;
}): z.output<typeof ChangeProductsInput> => ({
  changes: changes.map(({ product_id, set, seen }, at) => {
    const { price, ...same } = set;
    const price_minor = price === undefined ? undefined : units(price, `changes.${at}.set.price`);
    return {
      product_id,
      set: definedOnly({ ...same, price_minor }),
      wanted: set,
      ...(seen === undefined ? {} : { seen }),
    };
  }),
});
