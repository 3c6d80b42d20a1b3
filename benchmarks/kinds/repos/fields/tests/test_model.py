import unittest

from fields import Field, FieldError, Model


class Page(Model):
    title = Field(str)
    size = Field(int, default=0)


class Article(Page):
    tags = Field(list, default=[])


class ModelTest(unittest.TestCase):
    def test_values_and_defaults(self):
        page = Page(title="Start")
        self.assertEqual((page.title, page.size), ("Start", 0))

    def test_unknown_field(self):
        with self.assertRaises(TypeError):
            Page(colour="red")

    def test_wrong_type(self):
        page = Page()
        with self.assertRaises(FieldError):
            page.size = "big"

    def test_fields_of_base_classes(self):
        self.assertEqual(Article.field_names(), ["title", "size", "tags"])

    def test_items(self):
        self.assertEqual(Page(size=3).items(), [("title", None), ("size", 3)])

    def test_repr(self):
        self.assertEqual(repr(Article(title="News")), "Article(title='News', size=0, tags=[])")
