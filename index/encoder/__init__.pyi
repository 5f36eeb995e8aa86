from .cached import open_encoder as open_encoder
from .compile import model_folder as model_folder
from .encode import EncoderConfig as EncoderConfig, OnnxEncoder as OnnxEncoder
from .models import (
    CONFIG as CONFIG,
    DEFAULT as DEFAULT,
    EXACT as EXACT,
    MODEL as MODEL,
    SHIPPED as SHIPPED,
    TOKENIZER as TOKENIZER,
    find_model as find_model,
    full_name as full_name,
    shipped_digest as shipped_digest,
)
from .remember import Remembering as Remembering, text_key as text_key
from .session import Feed as Feed, OnnxSession as OnnxSession
