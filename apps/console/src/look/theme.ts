import {
  createTheme,
  type CSSVariablesResolver,
  defaultVariantColorsResolver,
  type MantineColorsTuple,
  type VariantColorsResolver,
} from '@mantine/core';

const harbour: MantineColorsTuple = [
  '#e8f5f6',
  '#d0e9ec',
  '#a5d4d9',
  '#79bfc7',
  '#5bb4bd',
  '#2f98a3',
  '#14808b',
  '#0b6b75',
  '#08565e',
  '#054048',
];

const gray: MantineColorsTuple = [
  '#f6f7f8',
  '#eef1f2',
  '#e2e7e9',
  '#d3dadd',
  '#b4bfc3',
  '#8b999e',
  '#5f6e74',
  '#445258',
  '#2c383d',
  '#172125',
];

const dark: MantineColorsTuple = [
  '#e3eaec',
  '#bccace',
  '#9fb0b6',
  '#71838a',
  '#34434a',
  '#26333a',
  '#1d282d',
  '#151e22',
  '#0e1518',
  '#090e10',
];

/** Words on filled buttons: white on the light scheme's deep accent, dark on the dark scheme's bright one. */
const filledWords: VariantColorsResolver = (input) => {
  const colors = defaultVariantColorsResolver(input);
  if (input.variant !== 'filled' || (input.color && input.color !== 'harbour')) return colors;
  return { ...colors, color: 'var(--on-accent)' };
};

/** Colours, type and shape of the console. */
export const theme = createTheme({
  colors: { harbour, gray, dark },
  primaryColor: 'harbour',
  primaryShade: { light: 7, dark: 4 },
  variantColorResolver: filledWords,
  fontFamily: "'Inter Variable', system-ui, -apple-system, 'Segoe UI', sans-serif",
  headings: { fontFamily: "'Inter Variable', system-ui, sans-serif", fontWeight: '650' },
  defaultRadius: 'md',
  radius: { xs: '4px', sm: '6px', md: '10px', lg: '14px', xl: '20px' },
  cursorType: 'pointer',
  respectReducedMotion: true,
  components: {
    Button: { defaultProps: { fw: 550 } },
    Menu: { defaultProps: { shadow: 'md', radius: 'md' } },
    Modal: { defaultProps: { radius: 'lg', centered: true, overlayProps: { backgroundOpacity: 0.4 } } },
    Drawer: { defaultProps: { overlayProps: { backgroundOpacity: 0.4 } } },
  },
});

/** Surfaces and text that differ from the library's own. */
export const variables: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    '--mantine-color-body': '#ffffff',
    '--mantine-color-text': gray[9],
    '--mantine-color-default-color': gray[9],
    '--mantine-color-dimmed': '#55646a',
    '--mantine-color-placeholder': '#66757b',
    '--mantine-color-default-border': gray[3],
  },
  dark: {
    '--mantine-color-body': dark[7],
    '--mantine-color-text': dark[0],
    '--mantine-color-default-color': dark[0],
    '--mantine-color-dimmed': dark[2],
    '--mantine-color-placeholder': '#8fa0a6',
    '--mantine-color-default': dark[6],
    '--mantine-color-default-hover': dark[5],
    '--mantine-color-default-border': dark[4],
  },
});
