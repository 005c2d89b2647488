//! `required_column_missing`: A column is missing without which the file is of no use.

use super::{RuleDoc, Text};
use crate::finding::{Level, Rule};

/// The rule.
pub(super) const RULE: RuleDoc = RuleDoc {
    rule: Rule::RequiredColumnMissing,
    code: "required_column_missing",
    level: Level::Error,
    since: "0.1.0",
    what: Text {
        en: "The columns of a list give neither a place name nor a position; or a register lacks what it must \
             have: villages an id, a name and a position, stations and candidates an id and a position, the \
             programme an id, a carrier and a position or village.",
        vi: "Các cột của danh sách không cho biết cả địa danh lẫn toạ độ; hoặc danh mục thiếu cột bắt buộc: \
             thôn, bản cần mã, tên và toạ độ; trạm và vị trí dự kiến cần mã và toạ độ; trạm đăng ký cần mã, \
             doanh nghiệp và toạ độ hoặc thôn, bản.",
    },
    why: Text {
        en: "Such rows cannot be put on any map, and numbers that were computed without them would be wrong.",
        vi: "Những dòng như vậy không thể đưa lên bản đồ; số liệu tính thiếu chúng sẽ sai.",
    },
    example: Text {
        en: "a sheet with numbers of households only; a register of villages whose lat and lon were cut off",
        vi: "trang tính chỉ có số hộ; danh mục thôn, bản bị mất cột lat, lon",
    },
    mend: Text {
        en: "Add the column that the finding names; where it is there under another title, name it in study.toml \
             under [headers], or under headers of the list.",
        vi: "Thêm cột được nêu; nếu cột đã có nhưng mang tiêu đề khác thì khai báo trong study.toml, mục [headers], \
             hoặc headers của danh sách.",
    },
    check: None,
    bad: &[
        "STT,Số hộ,Số khẩu\n1,50,200\n2,60,240\n",
        "STT,Số hộ,Mức độ\n1,50,trắng\n",
        "STT,Mức độ,Ghi chú,Số hộ\n1,lõm,x,7\n",
        "\
         Huyện,Xã,Thôn,Vĩ độ,Kinh độ\n\
         Quế Phong,Thông Thụ,Bản Đồng Tắm,19.8197,105.05959\n\
         == villages\n\
         village_id,name,commune_code,commune,old_commune,old_district\n\
         V1,Bản Đồng Tắm,16744,Xã Thông Thụ,Xã Thông Thụ,Huyện Quế Phong\n",
        "\
         Huyện,Xã,Thôn,Vĩ độ,Kinh độ\n\
         Quế Phong,Thông Thụ,Bản Đồng Tắm,19.8197,105.05959\n\
         == stations\n\
         site_id,carrier,height_m\n\
         S1,VinaPhone,30\n",
    ],
    good: &[
        "Huyện,Xã,Thôn,Vĩ độ,Kinh độ\nQuế Phong,Thông Thụ,Bản Đồng Tắm,19.8197,105.05959\n",
        "\
         Huyện,Xã,Thôn,Vĩ độ,Kinh độ\n\
         Quế Phong,Thông Thụ,Bản Đồng Tắm,19.8197,105.05959\n\
         Quế Phong,Thông Thụ,Bản Noọng Độc,19.84927,105.05261\n",
        "\
         Huyện,Xã,Thôn,Vĩ độ,Kinh độ\n\
         Quế Phong,Thông Thụ,Bản Hốc Lằm,19.93262,105.0571\n\
         Tương Dương,Tam Hợp,Bản Phà Pục,19.18222,104.39435\n",
        "Vĩ độ,Kinh độ\n19.8197,105.05959\n",
        "\
         Huyện,Xã,Thôn,Vĩ độ,Kinh độ\n\
         Quế Phong,Thông Thụ,Bản Đồng Tắm,19.8197,105.05959\n\
         == programme\n\
         plan_id,carrier,commune,village,year\n\
         P1,VinaPhone,Xã Thông Thụ,Bản Đồng Tắm,2026\n",
    ],
};
