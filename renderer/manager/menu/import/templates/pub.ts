import type { Template } from './template.ts';

export const pub: Template = {
  id: 'pub',
  categories: [
    {
      name: 'Draught',
      course: 0,
      color: '#7A4A00',
      station: 'Bar',
      dishes: [
        { name: 'Pint of bitter', price: 4.6, allergens: ['gluten'] },
        { name: 'Half of bitter', price: 2.3, allergens: ['gluten'] },
        { name: 'Pint of lager', price: 5.2, allergens: ['gluten'] },
        { name: 'Half of lager', price: 2.6, allergens: ['gluten'] },
        { name: 'Pint of stout', price: 5.6, allergens: ['gluten'] },
        { name: 'Pint of cider', price: 5, allergens: ['sulphites'] },
      ],
    },
    {
      name: 'Wine & spirits',
      course: 0,
      color: '#A3154B',
      station: 'Bar',
      dishes: [
        { name: 'House white 175 ml', price: 6.2, allergens: ['sulphites'] },
        { name: 'House red 175 ml', price: 6.2, allergens: ['sulphites'] },
        { name: 'Prosecco 125 ml', price: 6.8, allergens: ['sulphites'] },
        { name: 'Gin & tonic 25 ml', price: 6.5, allergens: [] },
        { name: 'Single malt 25 ml', price: 5.5, allergens: ['gluten'] },
      ],
    },
    {
      name: 'Soft drinks',
      course: 0,
      color: '#0B5CAD',
      station: 'Bar',
      dishes: [
        { name: 'Cola', price: 3.2, allergens: [] },
        { name: 'Lime & soda', price: 2, allergens: [] },
        { name: 'Filter coffee', price: 2.8, allergens: [] },
      ],
    },
    {
      name: 'Bar snacks',
      course: 1,
      color: '#0B7A43',
      station: 'Kitchen',
      dishes: [
        { name: 'Scotch egg', price: 6, about: 'With piccalilli.', allergens: ['eggs', 'gluten', 'mustard', 'celery'] },
        { name: 'Chips', price: 4, allergens: [] },
        { name: 'Halloumi fries', price: 6.5, allergens: ['milk', 'gluten'] },
        { name: 'Whitebait', price: 7, about: 'With tartare sauce.', allergens: ['fish', 'gluten', 'eggs', 'mustard'] },
      ],
    },
    {
      name: 'Mains',
      course: 2,
      color: '#B34700',
      station: 'Kitchen',
      dishes: [
        {
          name: 'Fish & chips',
          price: 15.5,
          about: 'Beer batter, mushy peas, tartare sauce.',
          allergens: ['fish', 'gluten', 'eggs', 'mustard'],
        },
        {
          name: 'Steak & ale pie',
          kitchen: 'PIE',
          price: 15,
          about: 'Mash, greens, gravy.',
          allergens: ['gluten', 'milk', 'eggs', 'celery'],
        },
        {
          name: 'Cheeseburger',
          price: 14.5,
          about: 'Brioche, pickles, chips.',
          allergens: ['gluten', 'milk', 'eggs', 'mustard', 'sesame'],
        },
        {
          name: 'Sausage & mash',
          price: 13.5,
          about: 'Onion gravy.',
          allergens: ['gluten', 'milk', 'sulphites', 'celery'],
        },
        {
          name: 'Mushroom & spinach lasagne',
          kitchen: 'VEG LASAGNE',
          price: 13,
          about: 'With a side salad.',
          allergens: ['gluten', 'milk', 'eggs', 'mustard'],
        },
        {
          name: 'Ploughman’s',
          price: 12.5,
          about: 'Cheddar, ham, pickles, bread.',
          allergens: ['gluten', 'milk', 'celery', 'mustard'],
        },
      ],
    },
    {
      name: 'Sunday roasts',
      course: 2,
      color: '#7A3E9D',
      station: 'Kitchen',
      dishes: [
        {
          name: 'Roast beef',
          price: 18.5,
          about: 'Yorkshire pudding, all the trimmings.',
          allergens: ['gluten', 'milk', 'eggs', 'celery'],
        },
        {
          name: 'Roast chicken',
          price: 16.5,
          about: 'Stuffing, all the trimmings.',
          allergens: ['gluten', 'milk', 'eggs', 'celery'],
        },
        {
          name: 'Nut roast',
          price: 15,
          about: 'Vegetable gravy, all the trimmings.',
          allergens: ['nuts', 'gluten', 'celery'],
        },
      ],
    },
    {
      name: 'Puddings',
      course: 3,
      color: '#3B4757',
      station: 'Kitchen',
      dishes: [
        {
          name: 'Sticky toffee pudding',
          kitchen: 'STICKY TOFFEE',
          price: 7,
          about: 'With vanilla ice cream.',
          allergens: ['gluten', 'milk', 'eggs'],
        },
        { name: 'Apple crumble', price: 6.5, about: 'With custard.', allergens: ['gluten', 'milk', 'eggs'] },
      ],
    },
  ],
};
