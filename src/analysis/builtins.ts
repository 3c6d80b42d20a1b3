/** Names that every Python 3 module can use without binding them; exceptions included. */
export const BUILTINS: ReadonlySet<string> = new Set(
  (
    'abs all any ascii bin bool bytearray bytes callable chr classmethod complex delattr dict dir divmod enumerate eval ' +
    'exec filter float format frozenset getattr globals hasattr hash hex id int isinstance issubclass iter len list ' +
    'locals map max memoryview min next object oct open ord pow print property range repr reversed round set setattr ' +
    'slice sorted staticmethod str sum super tuple type vars zip __import__ Ellipsis NotImplemented ' +
    'BaseException Exception ArithmeticError AssertionError AttributeError EOFError FloatingPointError GeneratorExit ' +
    'ImportError IndexError KeyError KeyboardInterrupt LookupError MemoryError ModuleNotFoundError NameError ' +
    'NotImplementedError OSError IOError OverflowError RecursionError ReferenceError RuntimeError StopIteration ' +
    'StopAsyncIteration SyntaxError SystemError SystemExit TypeError UnboundLocalError UnicodeDecodeError ' +
    'UnicodeEncodeError UnicodeError ValueError ZeroDivisionError FileNotFoundError FileExistsError PermissionError ' +
    'Warning UserWarning DeprecationWarning FutureWarning RuntimeWarning SyntaxWarning'
  ).split(' '),
);
