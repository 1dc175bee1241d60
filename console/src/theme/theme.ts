import {
  ActionIcon,
  Alert,
  Anchor,
  Badge,
  Button,
  type CSSVariablesResolver,
  createTheme,
  type MantineColorsTuple,
  Paper,
  Table,
  Tooltip,
} from '@mantine/core';

/** The one accent: what can be pressed, and where one is. Status has colours of its own. */
const iris: MantineColorsTuple = [
  '#f2f2fc',
  '#e2e3f8',
  '#c4c6ef',
  '#a3a6e6',
  '#8589dd',
  '#6c70d2',
  '#5a5ec4',
  '#4f52b2',
  '#42459a',
  '#363981',
];

const system =
  'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Liberation Sans", sans-serif';

/** Dense, and still: no shadows, small radii, one step of size between text and heading. */
export const theme = createTheme({
  primaryColor: 'iris',
  primaryShade: { light: 7, dark: 7 },
  colors: { iris },
  fontFamily: system,
  fontFamilyMonospace:
    'ui-monospace, "SF Mono", "Cascadia Mono", "Segoe UI Mono", "Liberation Mono", monospace',
  fontSizes: { xs: '0.75rem', sm: '0.8125rem', md: '0.875rem', lg: '1rem', xl: '1.125rem' },
  headings: {
    fontFamily: system,
    fontWeight: '600',
    sizes: {
      h1: { fontSize: '1.25rem', lineHeight: '1.75rem' },
      h2: { fontSize: '1rem', lineHeight: '1.5rem' },
      h3: { fontSize: '0.875rem', lineHeight: '1.25rem' },
    },
  },
  defaultRadius: 'sm',
  cursorType: 'pointer',
  respectReducedMotion: true,
  components: {
    ActionIcon: ActionIcon.extend({ defaultProps: { variant: 'subtle', color: 'gray' } }),
    Alert: Alert.extend({ defaultProps: { variant: 'light' } }),
    Anchor: Anchor.extend({ defaultProps: { underline: 'hover' } }),
    Badge: Badge.extend({ defaultProps: { variant: 'default', radius: 'sm' } }),
    Button: Button.extend({ defaultProps: { size: 'sm' } }),
    Paper: Paper.extend({ defaultProps: { p: 'md', withBorder: true } }),
    Table: Table.extend({ defaultProps: { verticalSpacing: 6, horizontalSpacing: 'sm' } }),
    Tooltip: Tooltip.extend({
      defaultProps: { openDelay: 300, events: { hover: true, focus: true, touch: false } },
    }),
  },
});

/** Mantine's own lesser text and links are below AA on its own backgrounds; its alerts take our tones. */
export const cssVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    '--mantine-color-body': '#fbfbfc',
    '--mantine-color-text': '#1b1e24',
    '--mantine-color-dimmed': '#59606b',
    '--mantine-color-placeholder': '#6b7280',
    '--mantine-color-anchor': '#42459a',
    '--mantine-color-error': '#b3261e',
    '--mantine-color-default-border': '#dfe1e6',
    '--mantine-color-gray-text': '#59606b',
    '--mantine-color-gray-light-color': '#3c424c',
    '--mantine-color-red-light': '#fce8e6',
    '--mantine-color-red-light-color': '#a01c14',
    '--mantine-color-yellow-light': '#fcefd5',
    '--mantine-color-yellow-light-color': '#7a4b00',
    '--mantine-color-green-light': '#e3f4e9',
    '--mantine-color-green-light-color': '#16653a',
  },
  dark: {
    '--mantine-color-body': '#121418',
    '--mantine-color-text': '#e4e6eb',
    '--mantine-color-dimmed': '#a0a7b4',
    '--mantine-color-placeholder': '#8f97a5',
    '--mantine-color-anchor': '#a9acf0',
    '--mantine-color-error': '#ff9a91',
    '--mantine-color-default': '#1a1d23',
    '--mantine-color-default-hover': '#22262e',
    '--mantine-color-default-border': '#343944',
    '--mantine-color-dark-6': '#1a1d23',
    '--mantine-color-dark-7': '#121418',
    '--mantine-color-gray-text': '#a0a7b4',
    '--mantine-color-gray-light-color': '#c5cad3',
    '--mantine-color-red-light': '#43201d',
    '--mantine-color-red-light-color': '#ffa49b',
    '--mantine-color-yellow-light': '#3a2b0f',
    '--mantine-color-yellow-light-color': '#f2c26b',
    '--mantine-color-green-light': '#16301f',
    '--mantine-color-green-light-color': '#7fd8a3',
  },
});
