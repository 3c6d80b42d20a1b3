import { describe, expect, it } from 'vitest';
import { isSeedOf, seedsFromTestFile } from '../../../../src/inputs/seeds/test-seeds.js';
import { inputsOfSeed } from '../../../../src/inputs/observables.js';

const FILE = 'tests/shop/tests.py';
const django = { runner: 'django', module: 'shop.tests', files: [FILE] } as const;
const seedsOf = (source: string, hosting: Parameters<typeof seedsFromTestFile>[2] = django) =>
  seedsFromTestFile({ file: FILE, source }, [], hosting);

const SHOP = `
from django.test import TestCase, override_settings
from .models import *
from .models import Item as Product, Order

LIMIT = 3


class ItemTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.item = Product.objects.create(name='pear')

    @override_settings(SHOP_LIMIT=LIMIT)
    def test_price(self):
        """
        The price of an item.

        At length.
        """
        order = Order(self.item)
        with self.assertRaisesMessage(ValueError, 'no price'):
            order.price(at=Today())
        self.assertEqual(order.count(), LIMIT)

    @skipUnlessDBFeature('has_json')
    def test_json(self):
        self.assertIsNone(self.item.json)

    async def test_async(self):
        await self.item.aget()
`;

describe('a method of a class that its runner sets up', () => {
  it('becomes a seed in its own place, which takes names from the test module', () => {
    const [price, json, ...others] = seedsOf(SHOP);
    expect(others).toEqual([]);
    expect(price).toMatchObject({
      label: 'ItemTests.test_price',
      title: 'The price of an item.',
      setUp: [],
      prelude: 'from shop.tests import *\nfrom shop.tests import LIMIT, Order, override_settings',
      host: {
        test: `${FILE}::ItemTests::test_price`,
        ...django,
        names: ['self'],
        marks: ['@override_settings(SHOP_LIMIT=LIMIT)'],
      },
    });
    expect(json?.host?.marks).toEqual([]);
    expect(inputsOfSeed(price!).map(({ source }) => source)).toEqual([
      'Order(self.item)',
      'order.price(at=Today())',
      'Today()',
      'order.count()',
    ]);
  });

  it('is found by the ids that a benchmark has for it', () => {
    const [price] = seedsOf(SHOP);
    for (const id of [
      'test_price (shop.tests.ItemTests)',
      'test_price (shop.tests.ItemTests.test_price)',
      'The price of an item.',
    ])
      expect(isSeedOf(price!, id)).toBe(true);
    expect(isSeedOf(price!, 'test_price (shop.tests.OtherTests)')).toBe(false);
  });

  it('may come from a mixin, and then runs in the first class that has it', () => {
    const mixin = 'class PriceMixin:\n    def test_price(self):\n        self.assertEqual(price(), 1)\n\n\n';
    const classes = ['First', 'Second'].map(
      (name) => `class ${name}(PriceMixin, SimpleTestCase):\n    pass\n`,
    );
    const hosts = seedsOf(mixin + classes.join('\n\n')).map(({ host }) => host?.test);
    expect(hosts).toEqual([`${FILE}::First::test_price`]);
  });

  it('is the one that runs, where its class overrides what it inherits', () => {
    const method = (value: number) =>
      `    def test_price(self):\n        self.assertEqual(price(${value}), 1)\n`;
    const source = `class PriceMixin:\n${method(1)}\n\nclass First(PriceMixin, SimpleTestCase):\n${method(2)}`;
    const seeds = seedsOf(source);
    expect(seeds.map(({ statements }) => statements)).toEqual([['self.assertEqual(price(2), 1)']]);
  });

  it('needs no host where its class shows all of its set-up', () => {
    const unittest = { runner: 'unittest', module: 'tests', files: [FILE] } as const;
    const own = 'class A(unittest.TestCase):\n    def test_a(self):\n        self.assertEqual(price(), 1)\n';
    expect(seedsOf(own, unittest).map(({ host }) => host)).toEqual([undefined]);
    const inherited = own.replace('unittest.TestCase', 'helpers.ShopTestCase');
    expect(seedsOf(inherited, unittest).map(({ host }) => host?.runner)).toEqual(['unittest']);
    expect(seedsFromTestFile({ file: FILE, source: inherited }).map(({ host }) => host)).toEqual([undefined]);
  });
});
