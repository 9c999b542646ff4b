import { type CSSVariablesResolver, createTheme, type MantineThemeOverride } from '@mantine/core';
import { createStore, useStore } from '#api/store.ts';
import { texts } from './states.texts.ts';

/** Both schemes read the same tokens, which change with `data-theme`. */
const shades = Array.from({ length: 10 }, () => 'var(--action)') as [string, string, ...string[]];

/** What a button of each variant and colour wears: [background, hover, text, border]. */
const dress: Readonly<Record<string, readonly [string, string, string, string]>> = {
  'filled action': ['var(--action)', 'var(--action-hover)', 'var(--on-action)', 'transparent'],
  'filled bad': ['var(--bad)', 'var(--bad-hover)', 'var(--on-bad)', 'transparent'],
  'default action': ['var(--surface)', 'var(--sunken)', 'var(--text)', 'var(--line-strong)'],
  'default bad': ['var(--surface)', 'var(--bad-tint)', 'var(--bad)', 'var(--bad)'],
  'light action': ['var(--action-tint)', 'var(--action-tint)', 'var(--action)', 'transparent'],
  'subtle action': ['transparent', 'var(--sunken)', 'var(--text)', 'transparent'],
  'subtle bad': ['transparent', 'var(--bad-tint)', 'var(--bad)', 'transparent'],
};

/** Mantine's dialogues have a `header`, which outside of `main` would be a second banner of the page. */
const dialog = { attributes: { header: { role: 'presentation' } }, closeButtonProps: { 'aria-label': texts.close } };

const looks = {
  action: shades,
  bad: shades.map(() => 'var(--bad)') as unknown as typeof shades,
};

/** Mantine in our clothes. `color="bad"` is for what cannot be undone. */
export const theme: MantineThemeOverride = createTheme({
  fontFamily: 'var(--sans)',
  fontFamilyMonospace: 'var(--mono)',
  fontSizes: { xs: '12px', sm: '13px', md: '14px', lg: '16px', xl: '20px' },
  lineHeights: { xs: '16px', sm: '20px', md: '20px', lg: '24px', xl: '28px' },
  spacing: { xs: '4px', sm: '8px', md: '12px', lg: '16px', xl: '24px' },
  radius: { xs: '4px', sm: '4px', md: '8px', lg: '12px', xl: '999px' },
  defaultRadius: 'sm',
  primaryColor: 'action',
  colors: looks as never,
  cursorType: 'pointer',
  respectReducedMotion: true,
  focusRing: 'auto',
  variantColorResolver({ variant, color }) {
    const [background, hover, text, border] =
      dress[`${variant} ${color ?? 'action'}`] ?? dress[`${variant} action`] ?? dress['filled action']!;
    return { background, hover, color: text, border: `1px solid ${border}` };
  },
  components: {
    Button: { defaultProps: { size: 'sm', fw: 600 } },
    TextInput: { defaultProps: { size: 'sm' } },
    Modal: {
      defaultProps: {
        centered: true,
        radius: 'lg',
        padding: 'xl',
        overlayProps: { backgroundOpacity: 0.45 },
        ...dialog,
      },
    },
    Drawer: { defaultProps: { padding: 'xl', overlayProps: { backgroundOpacity: 0.25 }, ...dialog } },
    Tooltip: { defaultProps: { openDelay: 400, withinPortal: true } },
    // The placeholder that Mantine focuses first is something that a menu may not contain.
    Menu: { defaultProps: { radius: 'md', shadow: 'md', withinPortal: false, withInitialFocusPlaceholder: false } },
    Notification: { defaultProps: { closeButtonProps: dialog.closeButtonProps } },
  },
});

const variables: Record<string, string> = {
  '--mantine-color-body': 'var(--surface)',
  '--mantine-color-text': 'var(--text)',
  '--mantine-color-bright': 'var(--text)',
  '--mantine-color-dimmed': 'var(--text-2)',
  '--mantine-color-placeholder': 'var(--text-3)',
  '--mantine-color-anchor': 'var(--link)',
  '--mantine-color-error': 'var(--bad)',
  '--mantine-color-default': 'var(--surface)',
  '--mantine-color-default-hover': 'var(--sunken)',
  '--mantine-color-default-color': 'var(--text)',
  '--mantine-color-default-border': 'var(--line-strong)',
  '--mantine-color-disabled': 'var(--sunken)',
  '--mantine-color-disabled-color': 'var(--text-3)',
  '--mantine-color-disabled-border': 'var(--line)',
  '--mantine-primary-color-filled': 'var(--action)',
  '--mantine-primary-color-filled-hover': 'var(--action-hover)',
  '--mantine-primary-color-contrast': 'var(--on-action)',
  '--mantine-primary-color-light': 'var(--action-tint)',
  '--mantine-primary-color-light-color': 'var(--action)',
  '--mantine-shadow-md': 'var(--shadow-2)',
  '--mantine-shadow-sm': 'var(--shadow-1)',
  '--mantine-shadow-xl': 'var(--shadow-2)',
};

export const variablesOf: CSSVariablesResolver = () => ({ variables, light: variables, dark: variables });

export type ThemeWish = 'auto' | 'light' | 'dark';
type Shade = 'light' | 'dark';

/** The attributes are set before the first paint by theme.js, which reads the same wish. */
const wishName = 'fynlo.theme';
const osIsDark = matchMedia('(prefers-color-scheme: dark)');
const readWish = (): ThemeWish => {
  const wish = localStorage.getItem(wishName);
  return wish === 'light' || wish === 'dark' ? wish : 'auto';
};
const shadeOf = (wish: ThemeWish): Shade => (wish === 'auto' ? (osIsDark.matches ? 'dark' : 'light') : wish);

const wish = createStore<ThemeWish>(readWish());
const shade = createStore<Shade>(shadeOf(wish.get()));
const apply = (): void => {
  shade.set(shadeOf(wish.get()));
  document.documentElement.dataset['theme'] = shade.get();
};
osIsDark.addEventListener('change', apply);

export const useThemeWish = (): ThemeWish => useStore(wish);
/** What is shown now. */
export const useShade = (): Shade => useStore(shade);
export function wishTheme(next: ThemeWish): void {
  if (next === 'auto') localStorage.removeItem(wishName);
  else localStorage.setItem(wishName, next);
  wish.set(next);
  apply();
}
